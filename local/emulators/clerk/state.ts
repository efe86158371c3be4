import { z } from "zod";
import { deliverySchema } from "../kit/webhook-sender.ts";

/** Everything the emulator remembers, as it is written to disk. Times are epoch milliseconds. */

const metadata = z.record(z.string(), z.unknown());
const stamps = { createdAt: z.number(), updatedAt: z.number() };

const passwordSchema = z.object({ salt: z.string(), hash: z.string() });
export type PasswordRecord = z.infer<typeof passwordSchema>;

const userSchema = z.object({
  id: z.string(),
  emailId: z.string(),
  /** Lower case. */
  email: z.string(),
  password: passwordSchema.nullable(),
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  externalId: z.string().nullable(),
  publicMetadata: metadata,
  privateMetadata: metadata,
  unsafeMetadata: metadata,
  lastSignInAt: z.number().nullable(),
  ...stamps,
});
export type User = z.infer<typeof userSchema>;

const organizationSchema = z.object({
  id: z.string(),
  name: z.string(),
  slug: z.string(),
  createdBy: z.string().nullable(),
  publicMetadata: metadata,
  privateMetadata: metadata,
  ...stamps,
});
export type Organization = z.infer<typeof organizationSchema>;

const membershipSchema = z.object({
  id: z.string(),
  organizationId: z.string(),
  userId: z.string(),
  role: z.string(),
  publicMetadata: metadata,
  privateMetadata: metadata,
  ...stamps,
});
export type Membership = z.infer<typeof membershipSchema>;

const invitationSchema = z.object({
  id: z.string(),
  organizationId: z.string(),
  email: z.string(),
  role: z.string(),
  status: z.enum(["pending", "accepted", "revoked", "expired"]),
  /** The secret in the link that was mailed. */
  ticket: z.string(),
  url: z.string(),
  inviterId: z.string().nullable(),
  publicMetadata: metadata,
  privateMetadata: metadata,
  expiresAt: z.number(),
  ...stamps,
});
export type Invitation = z.infer<typeof invitationSchema>;

const verificationSchema = z.object({
  strategy: z.string(),
  status: z.enum(["unverified", "verified", "failed"]),
  attempts: z.number(),
  expireAt: z.number(),
});
export type Verification = z.infer<typeof verificationSchema>;

const signInSchema = z.object({
  id: z.string(),
  status: z.enum(["needs_identifier", "needs_first_factor", "needs_new_password", "complete"]),
  identifier: z.string().nullable(),
  userId: z.string().nullable(),
  verification: verificationSchema.nullable(),
  sessionId: z.string().nullable(),
  createdAt: z.number(),
});
export type SignIn = z.infer<typeof signInSchema>;

const signUpSchema = z.object({
  id: z.string(),
  status: z.enum(["missing_requirements", "complete"]),
  email: z.string().nullable(),
  verification: verificationSchema.nullable(),
  password: passwordSchema.nullable(),
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  unsafeMetadata: metadata,
  invitationId: z.string().nullable(),
  userId: z.string().nullable(),
  sessionId: z.string().nullable(),
  createdAt: z.number(),
});
export type SignUp = z.infer<typeof signUpSchema>;

const clientSchema = z.object({
  id: z.string(),
  /** The secret in the browser's `__client_…` cookie. */
  token: z.string(),
  signIn: signInSchema.nullable(),
  signUp: signUpSchema.nullable(),
  lastActiveSessionId: z.string().nullable(),
  /** When somebody last signed in or out here; tokens older than this are not trusted by the SDK. */
  authChangedAt: z.number(),
  ...stamps,
});
export type Client = z.infer<typeof clientSchema>;

const sessionSchema = z.object({
  id: z.string(),
  clientId: z.string(),
  userId: z.string(),
  status: z.enum(["active", "ended", "removed", "replaced", "revoked", "expired"]),
  organizationId: z.string().nullable(),
  lastActiveAt: z.number(),
  expireAt: z.number(),
  ...stamps,
});
export type Session = z.infer<typeof sessionSchema>;

const emailSchema = z.object({
  at: z.number(),
  to: z.string(),
  subject: z.string(),
  code: z.string().nullable(),
  url: z.string().nullable(),
});
/** A mail that Clerk would have sent. */
export type Email = z.infer<typeof emailSchema>;

export const stateSchema = z.object({
  version: z.literal(1),
  users: z.array(userSchema),
  organizations: z.array(organizationSchema),
  memberships: z.array(membershipSchema),
  invitations: z.array(invitationSchema),
  clients: z.array(clientSchema),
  sessions: z.array(sessionSchema),
  emails: z.array(emailSchema),
  deliveries: z.array(deliverySchema),
});
export type State = z.infer<typeof stateSchema>;

export function emptyState(): State {
  return {
    version: 1,
    users: [],
    organizations: [],
    memberships: [],
    invitations: [],
    clients: [],
    sessions: [],
    emails: [],
    deliveries: [],
  };
}
