import { defineSchema } from "convex/server";
import { opsTables } from "./ops/tables.ts";
import { organizationTables } from "./organizations/tables.ts";

export default defineSchema({
  ...organizationTables,
  ...opsTables,
});
