import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { InboundEvent } from "../events.ts";
import { digestText } from "../fingerprint.ts";
import { loadFixtures, toBytes } from "./fixtures/load.ts";
import { parse } from "./parse.ts";

const fixtures = loadFixtures();

function eventsOf(body: unknown): InboundEvent[] {
  const parsed = parse(toBytes(body));
  if (!parsed.ok) throw new Error("malformed");
  return parsed.events;
}

describe("every recorded shape means what it should", () => {
  test.each(fixtures)("$name", ({ body, expect: expected }) => {
    const events = eventsOf(body);
    const digest = digestText("Vocês vendem serra?");
    expect(events).toMatchObject(JSON.parse(JSON.stringify(expected).replace("DIGEST", digest)));
    expect(events).toHaveLength(expected.length);
  });

  test("the sender's name and the other fields that a fixture does not expect are absent", () => {
    const [own] = eventsOf(fixtures.find(({ name }) => name === "written on the phone itself")?.body);
    expect(own).not.toHaveProperty("senderName", expect.anything());
  });

  test("the account is the instance", () => {
    expect(parse(toBytes(fixtures[0]?.body))).toMatchObject({ ok: true, account: "ipe-ferragens" });
  });
});

describe("keys", () => {
  test("an edit that says something else has another key, one that says the same has not", () => {
    const edit = (text: string) => ({
      event: "messages.edited",
      data: {
        key: { remoteJid: "5521987001234@s.whatsapp.net", id: "X" },
        type: 14,
        editedMessage: { conversation: text },
      },
    });
    const keys = ["a", "b", "a"].map((text) => eventsOf(edit(text))[0]?.key);
    expect(keys[0]).not.toBe(keys[1]);
    expect(keys[0]).toBe(keys[2]);
  });

  test("a report of an API send and the late replay of the same message share their key", () => {
    const item = {
      key: { remoteJid: "5521987001234@s.whatsapp.net", id: "X", fromMe: true },
      message: { conversation: "oi" },
    };
    const [sent] = eventsOf({ event: "send.message", data: item });
    const [replayed] = eventsOf({ event: "messages.upsert", data: item });
    expect(sent?.key).toBe(replayed?.key);
  });

  test("the same connection state at another time is another event", () => {
    const state = (date_time: string) => ({ event: "connection.update", date_time, data: { state: "open" } });
    const [first] = eventsOf(state("2026-09-21T11:00:00.000Z"));
    const [second] = eventsOf(state("2026-09-21T11:00:05.000Z"));
    expect(first?.key).not.toBe(second?.key);
    expect(first).toMatchObject({ order: Date.UTC(2026, 8, 21, 11) });
  });
});

describe("hostile input", () => {
  test.each(["", "{", "[]", "null", '"text"', "{}", '{"event":7}', '{"event":""}'])("%j is malformed", (text) => {
    expect(parse(new TextEncoder().encode(text))).toEqual({ ok: false, reason: "malformed" });
  });

  test("bytes that are no UTF-8 are malformed", () => {
    expect(parse(new Uint8Array([123, 255, 125]))).toEqual({ ok: false, reason: "malformed" });
  });

  test("law: no data can make it throw, and every event has a key", () => {
    const names = fc.constantFrom(
      "messages.upsert",
      "messages.update",
      "messages.edited",
      "qrcode.updated",
      "presence.update",
    );
    fc.assert(
      fc.property(names, fc.jsonValue(), (event, data) => {
        for (const item of eventsOf({ event, data })) expect(item.key).not.toBe("");
      }),
    );
  });

  test("names that every object inherits are not events, states or kinds", () => {
    expect(eventsOf({ event: "constructor", data: {} })).toMatchObject([{ type: "raw", reason: "unknown_event" }]);
    expect(eventsOf({ event: "connection.update", data: { state: "toString" } })).toMatchObject([
      { reason: "unreadable" },
    ]);
    const key = { remoteJid: "5521987001234@s.whatsapp.net", id: "X" };
    const odd = JSON.parse('{"constructor":{"text":"x"}}');
    expect(eventsOf({ event: "messages.upsert", data: { key, message: odd } })).toMatchObject([
      { kind: "unsupported" },
    ]);
  });

  test("wrappers that never end do not hang it", () => {
    let message: object = { conversation: "fundo" };
    for (let depth = 0; depth < 50; depth += 1) message = { viewOnceMessage: { message } };
    const data = { key: { remoteJid: "5521987001234@s.whatsapp.net", id: "X" }, message };
    expect(eventsOf({ event: "messages.upsert", data })).toMatchObject([{ kind: "unsupported" }]);
  });

  test("what is kept of an unknown event is cut", () => {
    const [event] = eventsOf({ event: "hologram.updated", data: { text: "x".repeat(50_000) } });
    expect(event).toMatchObject({ type: "raw" });
    expect(JSON.stringify(event).length).toBeLessThan(9_000);
  });
});
