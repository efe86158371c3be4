/** The shapes of what the engine answers, parsed where they come in. */
import { z } from "zod";

const index = z.object({
  name: z.string(),
  kind: z.enum(["ordered", "search", "vector"]),
  fields: z.array(z.string()),
});
const table = z.object({
  name: z.string(),
  number: z.number(),
  validator: z.string().nullable(),
  indexes: z.array(index),
});

export const tablesAnswer = z.array(z.object({ path: z.string(), tables: z.array(table) }));
export type Table = z.infer<typeof table>;
export type ComponentTables = z.infer<typeof tablesAnswer>[number];

const document = z.record(z.string(), z.unknown());
export type Doc = z.infer<typeof document>;
export const pageAnswer = z.object({ page: z.array(document), isDone: z.boolean() });
export const documentAnswer = z.object({ table: z.string(), document }).nullable();

const kind = z.enum(["query", "mutation", "action", "httpAction"]);
export const functionsAnswer = z.object({
  functions: z.array(
    z.object({
      component: z.string(),
      path: z.string(),
      kind,
      visibility: z.enum(["public", "internal"]),
      node: z.boolean(),
      args: z.string(),
    }),
  ),
});
export type FunctionAnswer = z.infer<typeof functionsAnswer>["functions"][number];

const job = z.object({
  _id: z.string(),
  component: z.string(),
  name: z.string(),
  args: z.array(z.unknown()),
  scheduledTime: z.number(),
  completedTime: z.number().optional(),
  state: z.object({ kind: z.string(), error: z.string().optional() }),
});
const cron = z.object({
  component: z.string(),
  identifier: z.string(),
  name: z.string(),
  schedule: z.record(z.string(), z.unknown()),
  lastTime: z.number().nullable(),
  nextTime: z.number().nullable(),
});
export const jobsAnswer = z.object({ jobs: z.array(job), crons: z.array(cron) });
export type Job = z.infer<typeof job>;
export type Cron = z.infer<typeof cron>;

const stat = z.object({
  component: z.string(),
  path: z.string(),
  kind,
  calls: z.number(),
  errors: z.number(),
  p50Ms: z.number(),
  p95Ms: z.number(),
  lastAt: z.number(),
});
const watched = z.object({
  component: z.string(),
  path: z.string(),
  args: z.string(),
  subscribers: z.number(),
  ranges: z.number(),
});
export const activityAnswer = z.object({
  counts: z.array(z.object({ component: z.string(), table: z.string(), count: z.number() })),
  functions: z.array(stat),
  sockets: z.number(),
  queries: z.array(watched),
});
export type Activity = z.infer<typeof activityAnswer>;
export type Stat = z.infer<typeof stat>;

const entry = z.object({
  udfType: z.string(),
  componentPath: z.string().nullable(),
  identifier: z.string(),
  executionId: z.string(),
  logLines: z.array(z.object({ messages: z.array(z.string()), level: z.string() })),
  timestamp: z.number(),
  executionTime: z.number(),
  error: z.string().nullable(),
});
export const logsAnswer = z.object({ entries: z.array(entry), newCursor: z.number() });
export type LogEntry = z.infer<typeof entry>;

export const queryAnswer = z.discriminatedUnion("status", [
  z.object({ status: z.literal("success"), value: z.unknown() }),
  z.object({ status: z.literal("error"), errorMessage: z.string() }),
]);
