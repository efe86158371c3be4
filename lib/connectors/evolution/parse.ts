/**
 * A webhook of Evolution API v2 as events, in its own order. The envelope is `{ event, instance, data, date_time, apikey, … }`;
 * `data` is one item, a list, or `{ messages: […] }`, and event names come dotted or in UPPER_SNAKE. `apikey` is the instance's
 * token: it is never read here, and never kept.
 */
import type { InboundEvent, RawEvent } from "../events.ts";
import { digestText } from "../fingerprint.ts";
import { asObject, type Json, type JsonObject, listAt, parseJsonBytes, textAt } from "../json.ts";
import type { Parsed } from "../types.ts";
import { type Clock, readConnection, readContact, readGone, readPairing, readPresence } from "./account-events.ts";
import { Ignored, readDeleted, readEdited, readStatus, readUpsert, Unreadable } from "./messages.ts";
import { redactPart } from "./redact.ts";

type Reader = (item: JsonObject, clock: Clock) => InboundEvent;

const READERS: Readonly<Record<string, Reader>> = {
  "messages.upsert": (item) => readUpsert(item, false),
  "send.message": (item) => readUpsert(item, true),
  "messages.edited": readEdited,
  "send.message.update": readEdited,
  "messages.delete": readDeleted,
  "messages.update": readStatus,
  "connection.update": readConnection,
  "status.instance": readConnection,
  "logout.instance": (_item, clock) => readGone("logout.instance", clock),
  "remove.instance": (_item, clock) => readGone("remove.instance", clock),
  "qrcode.updated": readPairing,
  "contacts.upsert": readContact,
  "contacts.update": readContact,
  "presence.update": readPresence,
};

/** Said with `data: null`. */
const WITHOUT_DATA = new Set(["logout.instance", "remove.instance"]);

/** Known, and of no use to us. */
const IGNORED = new Set([
  "application.startup",
  "call",
  "chats.delete",
  "chats.set",
  "chats.update",
  "chats.upsert",
  "contacts.set",
  "group.participants.update",
  "group.update",
  "groups.update",
  "groups.upsert",
  "instance.create",
  "instance.delete",
  "labels.association",
  "labels.edit",
  "messages.set",
  "typebot.change.status",
  "typebot.start",
]);

export function parse(body: Uint8Array): Parsed {
  const envelope = asObject(parseJsonBytes(body));
  const given = textAt(envelope, "event");
  if (envelope === undefined || given === undefined) return { ok: false, reason: "malformed" };
  const name = given.toLowerCase().replace(/[_-]/g, ".");
  const account = textAt(envelope, "instance") ?? null;
  const clock = readClock(envelope);
  const events = listItems(envelope.data).map((item) => readItem({ name, item, clock }));
  return { ok: true, account, events };
}

type Item = { name: string; item: Json; clock: Clock };

/** An event that has no items says so, as one item. */
function listItems(content: Json | undefined): Json[] {
  const items = Array.isArray(content) ? content : listAt(asObject(content), "messages");
  return items.length > 0 ? items : [Array.isArray(content) ? null : (content ?? null)];
}

function readItem({ name, item, clock }: Item): InboundEvent {
  if (IGNORED.has(name)) return keepRaw({ name, item, clock }, "ignored");
  const read = Object.hasOwn(READERS, name) ? READERS[name] : undefined;
  if (read === undefined) return keepRaw({ name, item, clock }, "unknown_event");
  const object = asObject(item) ?? (WITHOUT_DATA.has(name) ? {} : undefined);
  if (object === undefined) return keepRaw({ name, item, clock }, "ignored", "no data");
  try {
    return read(object, clock);
  } catch (error) {
    if (error instanceof Ignored) return keepRaw({ name, item, clock }, "ignored", error.message);
    const detail = error instanceof Unreadable ? error.message : "unexpected shape";
    return keepRaw({ name, item, clock }, "unreadable", detail);
  }
}

function keepRaw({ name, item, clock }: Item, reason: RawEvent["reason"], detail?: string): RawEvent {
  const raw = redactPart(item);
  const key = `raw:${name}:${digestText(`${clock.text}\n${raw}`)}`;
  return { type: "raw", key, name, reason, detail, raw };
}

function readClock(envelope: JsonObject): Clock {
  const text = textAt(envelope, "date_time") ?? "";
  const order = Date.parse(text);
  return { text, order: Number.isNaN(order) ? undefined : order };
}
