import { describe, expect, test } from "vitest";
import { Rejected } from "../errors.ts";
import type { Target } from "../types.ts";
import { webchat } from "./index.ts";

const chat = { kind: "webchat", value: "0123456789abcdef0123456789abcdef" } as const;
const target: Target = {
  fetch: () => Promise.reject(new Error("The web chat calls nobody")),
  baseUrl: "",
  account: "acme",
  token: "",
  now: () => 0,
};
const text = (id: string, words = "olá") => webchat.render({ id, chat, content: { kind: "text", text: words } });
const lookUp = (id?: string) =>
  webchat.lookUp(target, {
    ...(id === undefined ? {} : { id }),
    chat,
    aliases: [],
    fingerprint: "",
    attemptedAt: 0,
    excluded: [],
  });

describe("what leaves", () => {
  test("is sent by being recorded, without a request", async () => {
    expect(await webchat.send(target, text("m1"))).toEqual({ externalId: "out:m1", chat });
  });

  test("has one id however often it is sent, and two messages with the same words have two", async () => {
    const ids = await Promise.all(
      ["m1", "m1", "m2"].map(async (id) => (await webchat.send(target, text(id))).externalId),
    );
    expect(ids).toEqual(["out:m1", "out:m1", "out:m2"]);
  });

  test("is found again under that id, and what has no id of ours is not", async () => {
    expect(await lookUp("m1")).toEqual({ found: true, externalId: "out:m1", status: "sent" });
    expect(await lookUp()).toEqual({ found: false });
  });

  test("must have an id", async () => {
    const rendered = webchat.render({ chat, content: { kind: "text", text: "olá" } });
    await expect(webchat.send(target, rendered)).rejects.toBeInstanceOf(Rejected);
  });

  test("tells nobody that we read or write: the page sees it", async () => {
    await expect(webchat.signal(target, { kind: "typing", chat, durationMs: 1 })).resolves.toBeUndefined();
  });
});

describe("what comes by a webhook", () => {
  const bytes = new TextEncoder().encode('{"text":"I am a visitor"}');

  test("is refused whatever it shows", async () => {
    const headers = new Headers({ authorization: "Bearer secret", "x-webhook-secret": "secret" });
    const request = { body: bytes, headers, secrets: { current: "secret", previous: "" }, now: 0 };
    expect(await webchat.verify(request)).toEqual({ ok: false, reason: "missing" });
  });

  test("means nothing, and nothing of it is kept", () => {
    expect(webchat.parse(bytes)).toEqual({ ok: false, reason: "malformed" });
    expect(webchat.redact(bytes)).toBeNull();
  });

  test("brings no media", async () => {
    await expect(webchat.fetchMedia(target, "ref")).rejects.toBeInstanceOf(Rejected);
  });
});
