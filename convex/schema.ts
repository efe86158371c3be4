import { defineSchema } from "convex/server";
import { agentTables } from "./agent/tables.ts";
import { connectionTables } from "./connections/tables.ts";
import { inboxTables } from "./inbox/tables.ts";
import { opsTables } from "./ops/tables.ts";
import { organizationTables } from "./organizations/tables.ts";
import { webchatTables } from "./webchat/tables.ts";

export default defineSchema({
  ...organizationTables,
  ...connectionTables,
  ...inboxTables,
  ...agentTables,
  ...opsTables,
  ...webchatTables,
});
