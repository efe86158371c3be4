import type { useOrganization } from "@clerk/nextjs";

/** A person in the organization, as Clerk's hooks give them. */
export type Membership = NonNullable<ReturnType<typeof useOrganization>["membership"]>;
