import { cronJobs } from "convex/server";
import { internal } from "./_generated/api";

const crons = cronJobs();

const RETIRED = ["inboundKeys", "earlyStatuses", "earlyChanges", "receipts", "rawEvents", "typing", "events"] as const;
for (const table of RETIRED) crons.interval(`retire ${table}`, { hours: 6 }, internal.ops.jobs.retire, { table });
crons.interval("retire secrets", { minutes: 10 }, internal.connections.jobs.retireSecrets, {});
crons.interval("retire visitor limits", { hours: 6 }, internal.webchat.jobs.retireLimits, {});
crons.interval("sweep turns", { minutes: 1 }, internal.agent.jobs.sweep, {});
crons.interval("sweep lanes", { minutes: 1 }, internal.inbox.jobs.sweepLanes, {});

export default crons;
