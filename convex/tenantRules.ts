import type { RLSConfig, Rules } from "convex-helpers/server/rowLevelSecurity";
import type { DataModel, Id } from "./_generated/dataModel";

/** A table without a rule cannot be reached through a walled `db` at all. */
export const DENY_BY_DEFAULT: RLSConfig = { defaultPolicy: "deny" };

type Tenant = { orgId: Id<"organizations"> };

const isOwn = async ({ orgId }: Tenant, row: { orgId: Id<"organizations"> }): Promise<boolean> => row.orgId === orgId;
const ownRows = { read: isOwn, modify: isOwn, insert: isOwn };

/** I7: which rows a walled `db` knows. Every table with an `orgId` is here; a test compares this list with the schema. */
export const tenantRules: Rules<Tenant, DataModel> = {
  organizations: {
    read: async ({ orgId }, row) => row._id === orgId,
    modify: async ({ orgId }, row) => row._id === orgId,
    insert: async () => false,
  },
  members: ownRows,
  playbooks: ownRows,
  audit: ownRows,
};
