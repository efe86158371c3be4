import { validate } from "convex-helpers/validators";
/**
 * What every connector must hold, over the registry, its fixtures and its emulator. A new provider adds a line to `STAGES` and must
 * pass as it is; where we are the provider ourselves there is no emulator, and nothing may come from outside.
 */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { pair, post, SECRET, startTestBed, type TestBed } from "../../local/emulators/evolution/test-bed.ts";
import { AuthExpired, RateLimited } from "./errors.ts";
import { type InboundEvent, inboundEvent } from "./events.ts";
import { loadFixtures, toBytes } from "./evolution/fixtures/load.ts";
import { fingerprintMessage } from "./fingerprint.ts";
import { findAccountOperations, findConnector, listConnectors } from "./registry.ts";
import type { Connector, Target } from "./types.ts";

type Stage = {
  fixtures: { name: string; body: unknown }[];
  /** A body of a kind that the provider does not have. */
  unknown: unknown;
  /** Secrets that fixtures carry and that must not come out. */
  secrets: string[];
  start(): Promise<TestBed>;
  connect(bed: TestBed): Promise<Target>;
  /** Makes the provider send one signed webhook to the bed's address. */
  provoke(bed: TestBed): Promise<void>;
};

const STAGES: Readonly<Record<string, Stage | "ourselves">> = {
  evolution: {
    fixtures: loadFixtures(),
    unknown: { event: "hologram.updated", instance: "ipe", data: { depth: 3 } },
    secrets: ["E2A1-SECRET-INSTANCE-TOKEN", "tok-abc", "c2VjcmV0bw"],
    start: () => startTestBed(),
    connect: pair,
    provoke: async (bed) => {
      await post(bed, "/_phone/messages", { instance: "ipe", chat: "5521987001234", text: "oi" });
      await bed.emulator.settled();
    },
  },
  webchat: "ourselves",
};
const provided = listConnectors().filter(({ manifest }) => STAGES[manifest.id] !== "ourselves");
const ours = listConnectors().filter(({ manifest }) => STAGES[manifest.id] === "ourselves");

test("every connector has a stage, and is found by its id alone", () => {
  expect(listConnectors().map(({ manifest }) => manifest.id)).toEqual(Object.keys(STAGES));
  for (const connector of listConnectors()) expect(findConnector(connector.manifest.id)).toBe(connector);
  for (const id of ["", "nope", "constructor"]) {
    expect(findConnector(id)).toBeUndefined();
    expect(findAccountOperations(id)).toBeUndefined();
  }
});

describe.each(listConnectors())("$manifest.id, like all,", (connector) => {
  test("takes what is no JSON for malformed, and never keeps it", () => {
    const bytes = new TextEncoder().encode("<html>");
    expect(connector.parse(bytes)).toEqual({ ok: false, reason: "malformed" });
    expect(connector.redact(bytes)).toBeNull();
  });

  test("renders the fingerprint by which its own words are known again", () => {
    const chat = { kind: "other", value: "5521987001234" } as const;
    const render = (text: string) => connector.render({ id: "m1", chat, content: { kind: "text", text } }).fingerprint;
    expect(render("olá")).toBe(fingerprintMessage({ kind: "text", text: "olá" }));
    expect(render("olá")).not.toBe(render("oi"));
  });
});

describe.each(ours)("$manifest.id, where we are the provider,", (connector) => {
  const chat = { kind: "webchat", value: "visitor" } as const;
  const refuse = () => Promise.reject(new Error("There is nobody to call"));
  const target: Target = { fetch: refuse, baseUrl: "", account: "ours", token: "", now: () => 0 };

  test("believes no webhook, whatever the secret", async () => {
    const headers = new Headers({ authorization: `Bearer ${SECRET}`, "x-webhook-secret": SECRET });
    const request = { body: new TextEncoder().encode("{}"), headers, secrets: { current: SECRET }, now: 0 };
    expect(await connector.verify(request)).toMatchObject({ ok: false });
    expect(connector.parse(request.body)).toEqual({ ok: false, reason: "malformed" });
  });

  test("sends without a request, and what is sent can be looked up", async () => {
    const message = connector.render({ id: "m1", chat, content: { kind: "text", text: "olá" } });
    const { externalId } = await connector.send(target, message);
    const question = { id: "m1", chat, aliases: [], fingerprint: message.fingerprint, attemptedAt: 0, excluded: [] };
    expect(await connector.lookUp(target, question)).toMatchObject({ found: true, externalId });
  });
});

describe.each(provided)("$manifest.id", (connector) => {
  const stage = STAGES[connector.manifest.id];
  if (stage === undefined || stage === "ourselves") throw new Error("no stage");
  let bed: TestBed;
  let target: Target;
  beforeEach(async () => {
    bed = await stage.start();
    target = await stage.connect(bed);
  });
  afterEach(() => bed.close());

  test("a webhook as the provider signs it is accepted; with a wrong secret, without credentials or changed headers it is not", async () => {
    await stage.provoke(bed);
    const { headers = new Headers(), body = new Uint8Array() } = bed.received[0] ?? {};
    const check = (secret: string, given = headers) =>
      connector.verify({ body, headers: given, secrets: { current: secret }, now: bed.clock.now() });
    expect(await check(SECRET)).toMatchObject({ ok: true, secret: "current" });
    expect(await check(`${SECRET}x`)).toMatchObject({ ok: false });
    expect(await check(SECRET, new Headers())).toEqual({ ok: false, reason: "missing" });
    expect(parse(connector, body)).toHaveLength(1);
  });

  test("the same delivery twice gives the same keys, and no two events of a delivery share one", () => {
    for (const { body } of stage.fixtures) {
      const keys = parse(connector, toBytes(body)).map(({ key }) => key);
      expect(parse(connector, toBytes(body)).map(({ key }) => key)).toEqual(keys);
      expect(new Set(keys).size).toBe(keys.length);
    }
  });

  test("an unknown kind is kept as raw", () => {
    expect(parse(connector, toBytes(stage.unknown))).toMatchObject([{ type: "raw", reason: "unknown_event" }]);
  });

  test("every event can be an argument of a Convex function", () => {
    for (const { body } of stage.fixtures) {
      for (const event of parse(connector, toBytes(body))) {
        expect(validate(inboundEvent, JSON.parse(JSON.stringify(event)), { throw: true })).toBe(true);
      }
    }
  });

  test("no credential survives parsing or redaction", () => {
    for (const { body } of stage.fixtures) {
      const out = JSON.stringify([parse(connector, toBytes(body)), connector.redact(toBytes(body))]);
      for (const secret of stage.secrets) expect(out).not.toContain(secret);
      expect(out.toLowerCase()).not.toContain("apikey");
    }
  });

  test("429 says when to come back, and an expired credential asks to connect again", async () => {
    const message = connector.render({
      chat: { kind: "phone", value: "5521987001234" },
      content: { kind: "text", text: "olá" },
    });
    await post(bed, "/_fail", { kind: "status", status: 429, retryAfterSeconds: 3 });
    const limited = await connector.send(target, message).catch((error: unknown) => error);
    expect(limited).toBeInstanceOf(RateLimited);
    expect(limited).toMatchObject({ retryAfterMs: 3_000 });
    await expect(connector.send({ ...target, token: "expired" }, message)).rejects.toBeInstanceOf(AuthExpired);
  });

  test("what is sent can be looked up", async () => {
    const message = connector.render({
      chat: { kind: "phone", value: "5521987001234" },
      content: { kind: "text", text: "olá" },
    });
    const { externalId, chat } = await connector.send(target, message);
    const { fingerprint } = message;
    const question = { chat, aliases: [], fingerprint, attemptedAt: bed.clock.now(), excluded: [] };
    expect(await connector.lookUp(target, question)).toMatchObject({ found: true, externalId });
  });
});

function parse(connector: Connector, body: Uint8Array): InboundEvent[] {
  const parsed = connector.parse(body);
  if (!parsed.ok) throw new Error("malformed");
  return parsed.events;
}
