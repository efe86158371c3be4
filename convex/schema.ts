import { defineSchema } from "convex/server";
import { agentTables } from "./agent/tables.ts";
import { opsTables } from "./ops/tables.ts";
import { organizationTables } from "./organizations/tables.ts";

export default defineSchema({
  ...organizationTables,
  ...agentTables,
  ...opsTables,
});
