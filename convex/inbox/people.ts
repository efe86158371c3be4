/** Who an address belongs to. Addresses are kept verbatim and compared by all their forms. */
import type { Address } from "../../lib/connectors/events.ts";
import { formatPhone, phoneVariants } from "../../lib/domain/phone.ts";
import { foldForSearch } from "../../lib/domain/search-text.ts";
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../_generated/server";

type Read = Pick<QueryCtx, "db">;
type Write = Pick<MutationCtx, "db">;

export type Identity = Doc<"identities">;
export type Contact = Doc<"contacts">;
type OrgId = Id<"organizations">;

/** A contact and the address to answer to. */
export type Person = { contact: Contact; reply: Identity };

/** WhatsApp's addresses are the same for everyone who sees them. */
const SCOPE = "";

/** The contact behind an address, in any of its forms; null when nobody is known. */
export async function loadIdentity(
  ctx: Read,
  { orgId, address }: { orgId: OrgId; address: Address },
): Promise<Identity | null> {
  const values = address.kind === "phone" ? phoneVariants(address.value) : [];
  for (const value of values.length === 0 ? [address.value] : values) {
    const identity = await loadVerbatim(ctx, { orgId, address: { kind: address.kind, value } });
    if (identity !== null) return identity;
  }
  return null;
}

/**
 * The contact who is at `chat`, made when nobody is known. The contact of the chat's own address wins over those of its
 * `aliases`; another one that an alias belongs to is marked as a duplicate, and nothing of it is moved. Addresses that
 * are new are the contact's from now on.
 */
export async function ensurePerson(
  ctx: Write,
  {
    orgId,
    chat,
    aliases,
    name,
  }: { orgId: OrgId; chat: Address; aliases: readonly Address[]; name?: string | undefined },
): Promise<Person> {
  const addresses = withoutRepeats([chat, ...aliases]);
  const known: (Identity | null)[] = [];
  for (const address of addresses) known.push(await loadIdentity(ctx, { orgId, address }));
  const first = known.find((identity) => identity !== null);
  const found = first === undefined ? null : await ctx.db.get("contacts", first.contactId);
  const contact = found ?? (await makeContact(ctx, { orgId, addresses, name }));
  const identities: Identity[] = [];
  for (const [index, address] of addresses.entries()) {
    const owner = known[index] ?? null;
    if (owner !== null && owner.contactId !== contact._id)
      await markDuplicate(ctx, { contactId: owner.contactId, of: contact._id });
    else identities.push(await ensureVerbatim(ctx, { orgId, address, known: owner, contactId: contact._id }));
  }
  return { contact: await learn(ctx, { contact, addresses, name }), reply: bestAddress(identities, chat) };
}

/** What the provider calls a contact that we know already; it never makes one, and never overrules a member. */
export async function renameByProvider(
  ctx: Write,
  { orgId, addresses, name }: { orgId: OrgId; addresses: readonly Address[]; name: string },
): Promise<Contact | null> {
  for (const address of addresses) {
    const identity = await loadIdentity(ctx, { orgId, address });
    const contact = identity === null ? null : await ctx.db.get("contacts", identity.contactId);
    if (contact !== null) return learn(ctx, { contact, addresses: [], name });
  }
  return null;
}

/** What a member calls a contact stands above the provider's name; null takes it back. Does nothing where nothing changes. */
export async function renameByMember(ctx: Write, contact: Contact, name: string | null): Promise<Contact> {
  const isOwn = contact.nameSource === "member";
  if (name === null ? !isOwn : isOwn && name === contact.name) return contact;
  const providerName = isOwn ? contact.providerName : contact.name;
  const shown = name ?? providerName;
  const changes = {
    name: shown,
    nameSource: name !== null ? ("member" as const) : shown === undefined ? undefined : ("provider" as const),
    providerName: name === null ? undefined : providerName,
    searchText: foldForSearch({ name: shown, phone: contact.phone }),
  };
  await ctx.db.patch("contacts", contact._id, changes);
  return { ...contact, ...changes };
}

/** All by which a provider may name the contact. */
export async function listAddresses(ctx: Read, contactId: Id<"contacts">): Promise<Address[]> {
  const identities = await ctx.db
    .query("identities")
    .withIndex("by_contact", (q) => q.eq("contactId", contactId))
    .take(10);
  return identities.map(({ kind, value }) => ({ kind, value }));
}

/** What a conversation with this contact is called in a list. */
export function titleOf({ name, phone }: Pick<Contact, "name" | "phone">, reply: Pick<Identity, "value">): string {
  if (name !== undefined && name !== "") return name;
  return phone === undefined ? (reply.value.split("@")[0] ?? reply.value) : formatPhone(phone);
}

async function loadVerbatim(
  ctx: Read,
  { orgId, address }: { orgId: OrgId; address: Address },
): Promise<Identity | null> {
  const { kind, value } = address;
  return ctx.db
    .query("identities")
    .withIndex("by_org_and_kind_and_scope_and_value", (q) =>
      q.eq("orgId", orgId).eq("kind", kind).eq("scope", SCOPE).eq("value", value),
    )
    .unique();
}

async function ensureVerbatim(
  ctx: Write,
  {
    orgId,
    address,
    known,
    contactId,
  }: { orgId: OrgId; address: Address; known: Identity | null; contactId: Id<"contacts"> },
): Promise<Identity> {
  // One that is known by its other form is kept beside it: the provider wrote this one, so it can be sent to.
  if (known?.value === address.value) return known;
  const { kind, value } = address;
  const _id = await ctx.db.insert("identities", { orgId, kind, scope: SCOPE, value, contactId });
  return requireRow(await ctx.db.get("identities", _id));
}

async function makeContact(
  ctx: Write,
  { orgId, addresses, name }: { orgId: OrgId; addresses: readonly Address[]; name: string | undefined },
): Promise<Contact> {
  const phone = addresses.find(({ kind }) => kind === "phone")?.value;
  const named = name === undefined ? {} : { name, nameSource: "provider" as const };
  const searchText = foldForSearch({ name, phone });
  const fields = { orgId, ...named, ...(phone === undefined ? {} : { phone }), searchText };
  return requireRow(await ctx.db.get("contacts", await ctx.db.insert("contacts", fields)));
}

/** A phone that was not known, a name that changed: written only when there is something new. */
async function learn(
  ctx: Write,
  { contact, addresses, name }: { contact: Contact; addresses: readonly Address[]; name: string | undefined },
): Promise<Contact> {
  const phone = contact.phone ?? addresses.find(({ kind }) => kind === "phone")?.value;
  const isOverruled = contact.nameSource === "member";
  const isNews = name !== undefined && name !== (isOverruled ? contact.providerName : contact.name);
  if (phone === contact.phone && !isNews) return contact;
  const named = !isNews ? {} : isOverruled ? { providerName: name } : { name, nameSource: "provider" as const };
  const searchText = foldForSearch({ name: isNews && !isOverruled ? name : contact.name, phone });
  const changes = { ...named, ...(phone === undefined ? {} : { phone }), searchText };
  await ctx.db.patch("contacts", contact._id, changes);
  return { ...contact, ...changes };
}

async function markDuplicate(
  ctx: Write,
  { contactId, of }: { contactId: Id<"contacts">; of: Id<"contacts"> },
): Promise<void> {
  const row = await ctx.db.get("contacts", contactId);
  if (row === null || row.duplicateOf === of) return;
  await ctx.db.patch("contacts", contactId, { duplicateOf: of });
}

/** A phone reaches more than a hidden id does; of several addresses the one that the message came by. */
function bestAddress(identities: readonly Identity[], chat: Address): Identity {
  const verbatim = identities.find(({ kind, value }) => kind === chat.kind && value === chat.value);
  const phone = verbatim?.kind === "phone" ? verbatim : identities.find(({ kind }) => kind === "phone");
  const best = phone ?? verbatim ?? identities[0];
  if (best === undefined) throw new Error("A person has at least one address");
  return best;
}

function withoutRepeats(addresses: readonly Address[]): Address[] {
  return [...new Map(addresses.map((address) => [`${address.kind}:${address.value}`, address])).values()];
}

function requireRow<Row>(row: Row | null): Row {
  if (row === null) throw new Error("A row that was written is there");
  return row;
}
