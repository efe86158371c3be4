import { badField, missingField } from "./errors.ts";
import { newId } from "./ids.ts";
import { removeMembership } from "./memberships.ts";
import { hashPassword, isPassword } from "./passwords.ts";
import { renderUserForBackend } from "./shapes.ts";
import type { PasswordRecord, User } from "./state.ts";
import type { ClerkStore } from "./store.ts";

type Metadata = Record<string, unknown>;
export type NewUser = {
  id?: string;
  email: string;
  password: PasswordRecord | null;
  firstName?: string | null;
  lastName?: string | null;
  externalId?: string | null;
  publicMetadata?: Metadata;
  privateMetadata?: Metadata;
  unsafeMetadata?: Metadata;
};

/** Adds a user. Throws Clerk's 422 for an address that is malformed or taken. */
export function createUser(store: ClerkStore, fields: NewUser): User {
  const email = requireFreeEmail(store, fields.email);
  const now = store.now();
  const user: User = {
    id: fields.id ?? newId("user"),
    emailId: newId("idn"),
    email,
    password: fields.password,
    firstName: fields.firstName ?? null,
    lastName: fields.lastName ?? null,
    externalId: fields.externalId ?? null,
    publicMetadata: fields.publicMetadata ?? {},
    privateMetadata: fields.privateMetadata ?? {},
    unsafeMetadata: fields.unsafeMetadata ?? {},
    lastSignInAt: null,
    createdAt: now,
    updatedAt: now,
  };
  store.state.users.push(user);
  store.changed();
  store.emit("user.created", renderUserForBackend(user));
  return user;
}

/** Lower-cases an address and throws Clerk's 422 when no account can be opened with it. */
export function requireFreeEmail(store: ClerkStore, address: string, field = "email_address"): string {
  const email = requireEmail(address, field);
  if (!store.findUserByEmail(email)) return email;
  throw badField({
    field,
    code: "form_identifier_exists",
    message: "That email address is taken. Please try another.",
  });
}

export function requireEmail(address: string, field = "email_address"): string {
  const email = address.trim().toLowerCase();
  if (!email) throw missingField(field);
  if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) return email;
  throw badField({ field, code: "form_param_format_invalid", message: `${field} must be a valid email address.` });
}

export type UserChanges = Partial<
  Pick<
    User,
    "firstName" | "lastName" | "externalId" | "publicMetadata" | "privateMetadata" | "unsafeMetadata" | "password"
  >
>;

export function updateUser({ store, user, changes }: { store: ClerkStore; user: User; changes: UserChanges }): User {
  Object.assign(user, changes, { updatedAt: store.now() });
  store.changed();
  store.emit("user.updated", renderUserForBackend(user));
  return user;
}

/** Changes the password of someone who knows the present one. Throws Clerk's 422 when they do not. */
export function changePassword({
  store,
  user,
  current,
  next,
}: {
  store: ClerkStore;
  user: User;
  current: string;
  next: string;
}): User {
  if (user.password) requirePassword({ user, attempt: current, field: "current_password" });
  return updateUser({ store, user, changes: { password: hashPassword(next, "new_password") } });
}

/** Throws Clerk's 422 unless `attempt` is the user's password. */
export function requirePassword({
  user,
  attempt,
  field = "password",
}: {
  user: User;
  attempt: string;
  field?: string;
}): void {
  if (user.password && isPassword(user.password, attempt)) return;
  throw badField({
    field,
    code: "form_password_incorrect",
    message: "Password is incorrect. Try again, or use another method.",
  });
}

/** Removes a user with all memberships and sessions. */
export function deleteUser(store: ClerkStore, user: User): void {
  for (const membership of store.membershipsOfUser(user.id)) removeMembership(store, membership);
  const { state } = store;
  state.users = state.users.filter((other) => other !== user);
  state.sessions = state.sessions.filter((session) => session.userId !== user.id);
  store.changed();
  store.emit("user.deleted", { id: user.id, object: "user", deleted: true });
}
