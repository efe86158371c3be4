import { cronJobs } from "convex/server";
import { internal } from "./_generated/api";

const crons = cronJobs();

for (const table of ["inboundKeys", "earlyStatuses", "earlyChanges", "typing"] as const) {
  crons.interval(`retire ${table}`, { hours: 6 }, internal.inbox.jobs.retire, { table });
}
for (const table of ["receipts", "rawEvents"] as const) {
  crons.interval(`retire ${table}`, { hours: 6 }, internal.connections.jobs.retire, { table });
}
crons.interval("retire events", { hours: 6 }, internal.ops.jobs.retire, { table: "events" });
crons.interval("retire secrets", { minutes: 10 }, internal.connections.jobs.retireSecrets, {});
crons.interval("retire visitor limits", { hours: 6 }, internal.webchat.jobs.retireLimits, {});
crons.interval("sweep turns", { minutes: 1 }, internal.agent.jobs.sweep, {});
crons.interval("sweep lanes", { minutes: 1 }, internal.inbox.jobs.sweepLanes, {});

export default crons;
