import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { evolution, get, heard, LEAD, pair, post, SECRET, startTestBed, type TestBed } from "./test-bed.ts";
import { RETRY_DELAYS_MS } from "./webhooks.ts";

let bed: TestBed;
beforeEach(async () => {
  bed = await startTestBed();
  await pair(bed);
});
afterEach(() => bed.close());

function write(text: string) {
  return post(bed, "/_phone/messages", { instance: "ipe", chat: LEAD, text });
}

/** Lets every retry that falls due within `ms` happen. */
async function pass(ms: number): Promise<void> {
  await bed.emulator.settled();
  bed.clock.advance(ms);
  await bed.emulator.settled();
}

describe("retries", () => {
  test("ten tries in all: 5 s, doubled up to 5 min", async () => {
    expect(RETRY_DELAYS_MS).toEqual([5, 10, 20, 40, 80, 160, 300, 300, 300].map((seconds) => seconds * 1_000));
    bed.statuses.push(...Array.from({ length: 20 }, () => 503));
    await write("oi");
    for (const delayMs of [...RETRY_DELAYS_MS, 3_600_000]) await pass(delayMs);
    expect(bed.received.map(({ at }) => at - (bed.received[0]?.at ?? 0))).toEqual(
      [0, 5, 15, 35, 75, 155, 315, 615, 915, 1_215].map((seconds) => seconds * 1_000),
    );
    expect(bed.emulator.deliveries().at(-1)).toMatchObject({ state: "failed" });
  });

  test.each([
    [0, 4_000],
    [1, 6_000],
  ])("are up to 20 %% early or late (%s: %i ms)", async (luck, delayMs) => {
    await bed.close();
    bed = await startTestBed({ random: () => luck });
    await pair(bed);
    bed.statuses.push(503);
    await write("oi");
    await pass(delayMs - 1);
    expect(bed.received).toHaveLength(1);
    await pass(1);
    expect(bed.received).toHaveLength(2);
  });

  test.each([400, 401, 403, 404, 422])("never after %i", async (status) => {
    bed.statuses.push(status);
    await write("oi");
    await pass(3_600_000);
    expect(bed.received).toHaveLength(1);
    expect(bed.emulator.deliveries().at(-1)).toMatchObject({ state: "failed", attempts: [{ status }] });
  });

  test.each([408, 413, 429, 500, 503])("after %i, until the receiver accepts", async (status) => {
    bed.statuses.push(status);
    await write("oi");
    await pass(5_000);
    expect(bed.received).toHaveLength(2);
    expect(bed.emulator.deliveries().at(-1)).toMatchObject({ state: "delivered" });
  });

  test("repeat body and token of the first try, which the connector still accepts at the last one", async () => {
    bed.statuses.push(...Array.from({ length: 9 }, () => 500));
    await write("oi");
    for (const delayMs of RETRY_DELAYS_MS) await pass(delayMs);
    const [first] = bed.received;
    const last = bed.received[9];
    expect(last?.headers.get("authorization")).toBe(first?.headers.get("authorization"));
    expect(last?.body).toEqual(first?.body);
    const { headers = new Headers(), body = new Uint8Array() } = last ?? {};
    const secrets = { current: SECRET };
    expect(await evolution().verify({ headers, body, secrets, now: bed.clock.now() })).toMatchObject({
      ok: true,
      scheme: "jwt",
    });
  });

  test("survive a restart, with their token", async () => {
    bed.statuses.push(500);
    await write("oi");
    await bed.emulator.settled();
    const token = bed.received[0]?.headers.get("authorization");
    const { directory } = bed;
    await bed.close();
    bed = await startTestBed({ directory });
    expect(bed.emulator.deliveries().at(-1)).toMatchObject({ state: "pending", attempts: [{ status: 500 }] });
    expect(Object.values(bed.emulator.world.state.deliveryHeaders)).toContainEqual({ Authorization: token });
  });
});

describe("what leaves", () => {
  test("is the envelope, with a local time that claims to be UTC and the instance's token in it", async () => {
    await write("oi");
    await bed.emulator.settled();
    const envelope: unknown = JSON.parse(new TextDecoder().decode(bed.received[0]?.body));
    expect(envelope).toMatchObject({
      event: "messages.upsert",
      instance: "ipe",
      destination: bed.webhook.url,
      date_time: new Date(bed.clock.now() - 3 * 3_600_000).toISOString(),
      sender: "552130001234@s.whatsapp.net",
      server_url: bed.url,
      apikey: bed.emulator.world.findInstance("ipe")?.token,
      data: { key: { fromMe: false }, messageType: "conversation", messageTimestamp: bed.clock.now() / 1_000 },
    });
  });

  test("never shows jwt_key, and keeps every other header", async () => {
    const headers = { jwt_key: SECRET, "x-tenant": "ipe" };
    await post(bed, "/webhook/set/ipe", { webhook: { enabled: true, url: bed.webhook.url, headers } });
    await write("oi");
    await bed.emulator.settled();
    expect(bed.received[0]?.headers.get("x-tenant")).toBe("ipe");
    expect(JSON.stringify([...(bed.received[0]?.headers ?? [])])).not.toContain(SECRET);
  });

  test("is only what the webhook asked for, and nothing once it is switched off", async () => {
    await post(bed, "/webhook/set/ipe", { webhook: { enabled: true, url: bed.webhook.url, events: ["SEND_MESSAGE"] } });
    await write("oi");
    expect(await heard(bed)).toEqual([]);
    await post(bed, "/webhook/set/ipe", { webhook: { enabled: false, url: bed.webhook.url } });
    await post(bed, "/message/sendText/ipe", { number: LEAD, text: "olá" });
    expect(await heard(bed)).toEqual([]);
  });

  test("goes to a path per event when asked to", async () => {
    await post(bed, "/webhook/set/ipe", { webhook: { enabled: true, url: bed.webhook.url, byEvents: true } });
    await write("oi");
    await bed.emulator.settled();
    expect(bed.emulator.deliveries().at(-1)?.url).toBe(`${bed.webhook.url}/messages-upsert`);
  });
});

describe("an API send", () => {
  test("is reported before it is answered, and then climbs the ladder", async () => {
    const answer = await post(bed, "/message/sendText/ipe", { number: LEAD, text: "olá" });
    expect(bed.received).toHaveLength(1);
    expect(answer).toMatchObject({ status: 201, body: { status: "PENDING", message: { conversation: "olá" } } });
    bed.clock.advance(1_000);
    await post(bed, "/_phone/read", { instance: "ipe", chat: LEAD, reader: "person" });
    const events = await heard(bed);
    expect(events).toMatchObject([
      { type: "message", viaApi: true, fromMe: true },
      { type: "status", status: "sent" },
      { type: "status", status: "delivered" },
      { type: "status", status: "read" },
    ]);
    expect(answer.body).toMatchObject({
      key: { id: events[0] && "externalId" in events[0] ? events[0].externalId : "" },
    });
  });

  test("is answered although the webhook's receiver is silent", async () => {
    await post(bed, "/webhook/set/ipe", { webhook: { enabled: true, url: `${bed.url}/_silent` } });
    await post(bed, "/_fail", { kind: "timeout", path: "/_silent" });
    const sending = post(bed, "/message/sendText/ipe", { number: LEAD, text: "olá" });
    await expect.poll(() => bed.emulator.deliveries().at(-1)?.url).toBe(`${bed.url}/_silent`);
    bed.clock.advance(1_000);
    expect(await sending).toMatchObject({ status: 201 });
  });
});

describe("on demand", () => {
  test("deliveries are duplicated, with the same body", async () => {
    await post(bed, "/_fail", { kind: "duplicate", type: "messages.upsert" });
    await write("oi");
    const events = await heard(bed);
    expect(events).toHaveLength(2);
    expect(events[0]?.key).toBe(events[1]?.key);
  });

  test("deliveries overtake each other", async () => {
    await post(bed, "/_fail", { kind: "reorder" });
    await write("um");
    await write("dois");
    expect((await heard(bed)).map((event) => event.type === "message" && event.text)).toEqual(["dois", "um"]);
  });

  test("the first try of a delivery is lost and the retry arrives", async () => {
    await post(bed, "/_fail", { kind: "lose" });
    await write("oi");
    expect(await heard(bed)).toEqual([]);
    await pass(5_000);
    expect(await heard(bed)).toHaveLength(1);
  });

  test("everything that happened can be inspected and forgotten", async () => {
    await write("oi");
    expect((await get(bed, "/_inspect")).body).toMatchObject({
      instances: [{ name: "ipe" }],
      messages: [{ chat: LEAD }],
      faults: [],
    });
    await post(bed, "/_reset", {});
    expect((await get(bed, "/_inspect")).body).toMatchObject({
      instances: [],
      messages: [],
      people: [],
      deliveries: [],
    });
  });
});
