import { ConvexError } from "convex/values";
import { z } from "zod";

const factsSchema = z.object({
  code: z.string(),
  what: z.string().optional(),
  field: z.string().optional(),
  reason: z.string().optional(),
});

type Facts = z.infer<typeof factsSchema>;

/** What can go wrong between us and the server, with the field that a person can do something about. */
const problems = [
  { key: "published", field: "key", is: (facts: Facts) => facts.reason === "published" },
  { key: "refused", field: "key", is: (facts: Facts) => facts.reason === "refused" },
  { key: "missing", field: "account", is: (facts: Facts) => facts.reason === "missing" },
  { key: "taken", field: "account", is: (facts: Facts) => facts.code === "conflict" && facts.what === "account" },
  { key: "privateAddress", field: "address", is: (facts: Facts) => facts.reason === "private_address" },
  { key: "unknownHost", field: "address", is: (facts: Facts) => facts.reason === "unknown_host" },
  { key: "otherServer", field: "address", is: (facts: Facts) => facts.reason === "other_server" },
  { key: "notAnAddress", field: "address", is: (facts: Facts) => facts.field === "baseUrl" },
  { key: "silent", field: "address", is: (facts: Facts) => facts.code === "unavailable" && facts.what === "provider" },
  { key: "phone", field: "phone", is: (facts: Facts) => facts.field === "phone" },
] as const;

export type SetupProblem = Pick<(typeof problems)[number], "key" | "field">;

/** What went wrong, when it is something of a server or its account; null for all that is general. */
export function setupProblemOf(error: unknown): SetupProblem | null {
  if (!(error instanceof ConvexError)) return null;
  const facts = factsSchema.safeParse(error.data);
  if (!facts.success) return null;
  const found = problems.find(({ is }) => is(facts.data));
  return found === undefined ? null : { key: found.key, field: found.field };
}
