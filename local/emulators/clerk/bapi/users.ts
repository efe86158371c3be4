import { z } from "zod";
import type { Call } from "../../kit/router.ts";
import { badField, missingField, notFound } from "../errors.ts";
import { page } from "../fapi/replies.ts";
import { hashPassword, isPassword } from "../passwords.ts";
import { renderMembershipForBackend, renderUserForBackend } from "../shapes.ts";
import type { User } from "../state.ts";
import type { ClerkStore } from "../store.ts";
import { createUser, deleteUser, updateUser, type UserChanges } from "../users.ts";
import { mergeMetadata, metadataBodySchema, metadataSchema, readBody, type BapiRoute } from "./bapi.ts";

const changesSchema = z.object({
  first_name: z.string().nullable().optional(),
  last_name: z.string().nullable().optional(),
  external_id: z.string().nullable().optional(),
  password: z.string().optional(),
  public_metadata: metadataSchema.optional(),
  private_metadata: metadataSchema.optional(),
  unsafe_metadata: metadataSchema.optional(),
});
const newUserSchema = changesSchema.extend({ email_address: z.array(z.string()).optional() });

export function addUserRoutes(on: BapiRoute, store: ClerkStore): void {
  on("GET", "/users", (call) => Response.json(page(call.query, search(store, call)).data.map(renderUserForBackend)));
  on("GET", "/users/count", (call) =>
    Response.json({ object: "total_count", total_count: search(store, call).length }),
  );
  on("POST", "/users", (call) => create(store, call));
  on("GET", "/users/:userId", (call) => Response.json(renderUserForBackend(named(store, call))));
  on("PATCH", "/users/:userId", (call) => change(store, call));
  on("DELETE", "/users/:userId", (call) => remove(store, call));
  on("PATCH", "/users/:userId/metadata", (call) => changeMetadata(store, call));
  on("POST", "/users/:userId/verify_password", (call) => verifyPassword(store, call));
  on("GET", "/users/:userId/organization_memberships", (call) => listMemberships(store, call));
}

function named(store: ClerkStore, call: Call): User {
  return store.requireUser(call.param("userId"));
}

/** Users that match the query's `email_address`, `user_id`, `organization_id` (each repeatable) and free text `query`. */
function search(store: ClerkStore, { query }: Call): User[] {
  const emails = query.getAll("email_address").map((email) => email.toLowerCase());
  const ids = query.getAll("user_id");
  const organizations = query.getAll("organization_id");
  const text = (query.get("query") ?? "").toLowerCase();
  return store.state.users
    .filter((user) => emails.length === 0 || emails.includes(user.email))
    .filter((user) => ids.length === 0 || ids.includes(user.id))
    .filter((user) => organizations.length === 0 || organizations.some((id) => store.findMembership(id, user.id)))
    .filter((user) => [user.email, user.firstName, user.lastName, user.id].join(" ").toLowerCase().includes(text))
    .toReversed();
}

function create(store: ClerkStore, call: Call): Response {
  const body = readBody(call, newUserSchema);
  const email = body.email_address?.[0];
  if (!email) throw missingField("email_address");
  const password = body.password === undefined ? null : hashPassword(body.password);
  const user = createUser(store, { email, password, ...toChanges(body) });
  return Response.json(renderUserForBackend(user));
}

function change(store: ClerkStore, call: Call): Response {
  const user = named(store, call);
  const body = readBody(call, changesSchema);
  const password = body.password === undefined ? {} : { password: hashPassword(body.password) };
  return Response.json(renderUserForBackend(updateUser({ store, user, changes: { ...toChanges(body), ...password } })));
}

function toChanges(body: z.infer<typeof changesSchema>): Omit<UserChanges, "password"> {
  return {
    ...(body.first_name !== undefined && { firstName: body.first_name }),
    ...(body.last_name !== undefined && { lastName: body.last_name }),
    ...(body.external_id !== undefined && { externalId: body.external_id }),
    ...(body.public_metadata && { publicMetadata: body.public_metadata }),
    ...(body.private_metadata && { privateMetadata: body.private_metadata }),
    ...(body.unsafe_metadata && { unsafeMetadata: body.unsafe_metadata }),
  };
}

function remove(store: ClerkStore, call: Call): Response {
  const user = named(store, call);
  deleteUser(store, user);
  return Response.json({ object: "user", id: user.id, deleted: true });
}

function changeMetadata(store: ClerkStore, call: Call): Response {
  const user = named(store, call);
  const body = readBody(call, metadataBodySchema);
  const changes = {
    publicMetadata: mergeMetadata(user.publicMetadata, body.public_metadata),
    privateMetadata: mergeMetadata(user.privateMetadata, body.private_metadata),
    unsafeMetadata: mergeMetadata(user.unsafeMetadata, body.unsafe_metadata),
  };
  return Response.json(renderUserForBackend(updateUser({ store, user, changes })));
}

function verifyPassword(store: ClerkStore, call: Call): Response {
  const user = named(store, call);
  const { password } = readBody(call, z.object({ password: z.string() }));
  if (!user.password) throw notFound("password");
  if (isPassword(user.password, password)) return Response.json({ verified: true });
  throw badField({ field: "password", code: "incorrect_password", message: "The password provided is incorrect." });
}

function listMemberships(store: ClerkStore, call: Call): Response {
  const memberships = store.membershipsOfUser(named(store, call).id);
  return Response.json(
    page(
      call.query,
      memberships.map((membership) => renderMembershipForBackend(store, membership)),
    ),
  );
}
