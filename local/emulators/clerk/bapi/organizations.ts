import { z } from "zod";
import type { Call } from "../../kit/router.ts";
import { page } from "../fapi/replies.ts";
import { createOrganization, deleteOrganization, updateOrganization } from "../organizations.ts";
import { renderOrganizationForBackend } from "../shapes.ts";
import type { Organization } from "../state.ts";
import type { ClerkStore } from "../store.ts";
import { mergeMetadata, metadataBodySchema, metadataSchema, readBody, type BapiRoute } from "./bapi.ts";

const changesSchema = z.object({
  name: z.string().optional(),
  slug: z.string().optional(),
  public_metadata: metadataSchema.optional(),
  private_metadata: metadataSchema.optional(),
});
const newOrganizationSchema = changesSchema.extend({ name: z.string(), created_by: z.string().optional() });

export function addOrganizationRoutes(on: BapiRoute, store: ClerkStore): void {
  on("GET", "/organizations", (call) => list(store, call));
  on("POST", "/organizations", (call) => create(store, call));
  on("GET", "/organizations/:organizationId", (call) => reply(store, namedOrganization(store, call)));
  on("PATCH", "/organizations/:organizationId", (call) => change(store, call));
  on("DELETE", "/organizations/:organizationId", (call) => remove(store, call));
  on("PATCH", "/organizations/:organizationId/metadata", (call) => changeMetadata(store, call));
}

/** The organization of the path, by id or slug. Throws Clerk's 404. */
export function namedOrganization(store: ClerkStore, call: Call): Organization {
  return store.requireOrganization(call.param("organizationId"));
}

function reply(store: ClerkStore, organization: Organization): Response {
  return Response.json(renderOrganizationForBackend(store, organization));
}

function list(store: ClerkStore, { query }: Call): Response {
  const ids = query.getAll("organization_id");
  const text = (query.get("query") ?? "").toLowerCase();
  const found = store.state.organizations
    .filter(({ id }) => ids.length === 0 || ids.includes(id))
    .filter(({ id, name, slug }) => `${id} ${name} ${slug}`.toLowerCase().includes(text))
    .toReversed();
  return Response.json(
    page(
      query,
      found.map((organization) => renderOrganizationForBackend(store, organization)),
    ),
  );
}

function create(store: ClerkStore, call: Call): Response {
  const body = readBody(call, newOrganizationSchema);
  const creator = body.created_by === undefined ? null : store.requireUser(body.created_by);
  return reply(
    store,
    createOrganization(store, { ...toChanges(body), name: body.name, createdBy: creator?.id ?? null }),
  );
}

function change(store: ClerkStore, call: Call): Response {
  const organization = namedOrganization(store, call);
  return reply(store, updateOrganization({ store, organization, changes: toChanges(readBody(call, changesSchema)) }));
}

function toChanges(body: z.infer<typeof changesSchema>) {
  return {
    ...(body.name !== undefined && { name: body.name }),
    ...(body.slug !== undefined && { slug: body.slug }),
    ...(body.public_metadata && { publicMetadata: body.public_metadata }),
    ...(body.private_metadata && { privateMetadata: body.private_metadata }),
  };
}

function remove(store: ClerkStore, call: Call): Response {
  const organization = namedOrganization(store, call);
  deleteOrganization(store, organization);
  return Response.json({ object: "organization", id: organization.id, slug: organization.slug, deleted: true });
}

function changeMetadata(store: ClerkStore, call: Call): Response {
  const organization = namedOrganization(store, call);
  const body = readBody(call, metadataBodySchema);
  const changes = {
    publicMetadata: mergeMetadata(organization.publicMetadata, body.public_metadata),
    privateMetadata: mergeMetadata(organization.privateMetadata, body.private_metadata),
  };
  return reply(store, updateOrganization({ store, organization, changes }));
}
