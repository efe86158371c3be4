import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../json.ts";
import { Ignored, providerTime, readDeleted, readEdited, readStatus, readUpsert, Unreadable } from "./messages.ts";

const key = { remoteJid: "5521987001234@s.whatsapp.net", fromMe: false, id: "3A01" };

describe("time", () => {
  test("law: whole seconds in every form they come in are the same epoch ms", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_000_000_000, max: 4_000_000_000 }), (seconds) => {
        const forms = [seconds, String(seconds), { low: seconds | 0, high: 0, unsigned: true }];
        for (const messageTimestamp of forms) expect(providerTime({ messageTimestamp })).toBe(seconds * 1_000);
      }),
    );
  });

  test.each([undefined, null, "", "ontem", 0, -5, {}, true])("%j is no time", (messageTimestamp) => {
    expect(providerTime({ messageTimestamp })).toBeUndefined();
  });

  test("milliseconds are taken for what they are", () => {
    expect(providerTime({ messageTimestamp: 1_790_000_000_123 })).toBe(1_790_000_000_123);
  });
});

describe("an item that lacks what it cannot do without", () => {
  test.each<[string, () => unknown]>([
    ["a message without a key", () => readUpsert({ message: {} }, false)],
    ["a message without an id", () => readUpsert({ key: { remoteJid: key.remoteJid } }, false)],
    ["a message without a chat", () => readUpsert({ key: { id: "3A01" } }, false)],
    ["a reaction without a target", () => readUpsert({ key, message: { reactionMessage: { text: "👍" } } }, false)],
    [
      "an edit without a target",
      () => readUpsert({ key, message: { protocolMessage: { editedMessage: { conversation: "a" } } } }, false),
    ],
    ["a deletion without a target", () => readUpsert({ key, message: { protocolMessage: { type: "REVOKE" } } }, false)],
    ["a deletion without a key", () => readDeleted({})],
    ["an edit without a key", () => readEdited({ editedMessage: { conversation: "a" } })],
    ["a status nobody knows", () => readStatus({ ...key, keyId: "3A01", status: "TELEPORTED" })],
    ["a status number nobody knows", () => readStatus({ key, update: { status: 99 } })],
    ["a status called like an inherited name", () => readStatus({ key, status: "constructor" })],
  ])("%s is unreadable", (_what, run) => {
    expect(run).toThrow(/./);
    expect(thrownBy(run)).toSatisfy((error) => error instanceof Unreadable || error instanceof Ignored);
  });

  test("what the reader says of it holds none of its words", () => {
    const error = thrownBy(() =>
      readUpsert({ key: { remoteJid: key.remoteJid }, message: { conversation: "segredo" } }, false),
    );
    expect(String(error)).not.toMatch(/segredo|5521987001234/);
  });
});

describe("whose message it is", () => {
  const item = (fromMe: boolean): JsonObject => ({
    key: { ...key, fromMe },
    pushName: "Renata",
    message: { conversation: "oi" },
  });

  test("a contact's names its sender; ours has none, and no name of ours is taken for theirs", () => {
    expect(readUpsert(item(false), false)).toMatchObject({
      fromMe: false,
      senderName: "Renata",
      senders: [{ value: "5521987001234" }],
    });
    expect(readUpsert(item(true), false)).toMatchObject({ fromMe: true, senderName: undefined, senders: [] });
  });

  test("only what the API sent is said to be", () => {
    expect(readUpsert(item(true), true)).toMatchObject({ viaApi: true });
    expect(readUpsert(item(true), false)).toMatchObject({ viaApi: false });
  });

  test("anything but true is not ours", () => {
    expect(readUpsert({ key: { ...key, fromMe: "true" }, message: { conversation: "oi" } }, false)).toMatchObject({
      fromMe: false,
    });
  });
});

test("the key of a reaction tells two hands, two emojis and two moments apart", () => {
  const react = (id: string, text: string, senderTimestampMs: number) =>
    readUpsert(
      {
        key: { ...key, remoteJid: `${id}@s.whatsapp.net` },
        message: { reactionMessage: { key, text, senderTimestampMs } },
      },
      false,
    ).key;
  const at = 1_790_000_000_000;
  const keys = [react("551", "👍", at), react("552", "👍", at), react("551", "❤️", at), react("551", "👍", at + 1)];
  expect(new Set(keys).size).toBe(4);
  expect(react("551", "👍", at)).toBe(keys[0]);
});

function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}
