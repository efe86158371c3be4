import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  accounts,
  evolution,
  heard,
  LEAD,
  pair,
  post,
  SERVER_KEY,
  startTestBed,
  type TestBed,
} from "../../../local/emulators/evolution/test-bed.ts";
import { AuthExpired, RateLimited, Rejected, Unreachable } from "../errors.ts";
import type { Address, MessageEvent } from "../events.ts";
import type { OutboundMessage, Target } from "../types.ts";

let bed: TestBed;
let target: Target;
const lead: Address = { kind: "phone", value: LEAD };

beforeEach(async () => {
  bed = await startTestBed();
  target = await pair(bed);
});
afterEach(() => bed.close());

function say(text: string, facts: Partial<OutboundMessage> = {}) {
  return evolution().send(target, evolution().render({ chat: lead, content: { kind: "text", text }, ...facts }));
}

async function failWith(description: object, run: () => Promise<unknown>): Promise<unknown> {
  await post(bed, "/_fail", description);
  return run().then(
    () => "no error",
    (error: unknown) => error,
  );
}

async function writeAsLead(content: object): Promise<MessageEvent> {
  const before = (await heard(bed)).length;
  await post(bed, "/_phone/messages", { instance: target.account, chat: LEAD, ...content });
  const event = (await heard(bed))[before];
  if (event?.type !== "message") throw new Error("no message was heard");
  return event;
}

describe("sending", () => {
  test("gives the id and the address that WhatsApp really has, in the form that it knows", async () => {
    await post(bed, "/_phone/people", { name: "Caio", phone: "552187001234" });
    expect(await say("olá")).toEqual({
      externalId: expect.stringMatching(/^3EB0[0-9A-F]{18}$/),
      chat: { kind: "phone", value: "552187001234" },
      providerAt: bed.clock.now(),
    });
  });

  test("answers to a LID where there is no phone", async () => {
    await post(bed, "/_phone/people", { name: "Marta", phone: LEAD, addressing: "lid_only" });
    const { senders } = await writeAsLead({ text: "oi" });
    expect(senders).toMatchObject([{ kind: "lid" }]);
    expect((await say("olá", { chat: senders[0] })).chat).toEqual(senders[0]);
  });

  test("quotes, and the echo has the fingerprint of what was rendered", async () => {
    const question = await writeAsLead({ text: "quanto custa?" });
    const quoted = { externalId: question.externalId, fromMe: false, text: "quanto custa?" };
    const { externalId } = await say("R$ 10", { quoted });
    const { fingerprint } = evolution().render({ chat: lead, content: { kind: "text", text: "R$ 10" } });
    const echo = (await heard(bed)).findLast((event) => event.type === "message" && event.fromMe);
    expect(echo).toMatchObject({
      externalId,
      viaApi: true,
      fingerprint,
      quoted: { externalId: question.externalId, text: "quanto custa?" },
    });
  });
});

describe("what goes wrong", () => {
  test("a number that is not on WhatsApp is final for this message", async () => {
    const chat: Address = { kind: "phone", value: "5521980000000" };
    await expect(say("olá", { chat })).rejects.toMatchObject({
      name: "Rejected",
      reason: "not_on_whatsapp",
      httpStatus: 400,
    });
  });

  test("a wrong key and a removed instance ask to connect again", async () => {
    const message = evolution().render({ chat: lead, content: { kind: "text", text: "olá" } });
    await expect(evolution().send({ ...target, token: "old" }, message)).rejects.toBeInstanceOf(AuthExpired);
    await expect(evolution().send({ ...target, account: "gone" }, message)).rejects.toMatchObject({
      name: "AuthExpired",
      httpStatus: 404,
    });
  });

  test("a phone that is not connected had no effect: retry freely", async () => {
    await post(bed, "/_phone/unpair", { instance: target.account });
    await expect(say("olá")).rejects.toMatchObject({ name: "Unreachable", ambiguous: false });
  });

  test("429 says how long to wait, with or without a header; so does a 503 with one", async () => {
    const asked = await failWith({ kind: "status", status: 429, retryAfterSeconds: 7 }, () => say("a"));
    expect(asked).toBeInstanceOf(RateLimited);
    expect(asked).toMatchObject({ retryAfterMs: 7_000 });
    expect(await failWith({ kind: "status", status: 429 }, () => say("a"))).toMatchObject({ retryAfterMs: 5_000 });
    const busy = await failWith({ kind: "status", status: 503, retryAfterSeconds: 2 }, () => say("a"));
    expect(busy).toMatchObject({ name: "RateLimited", retryAfterMs: 2_000, httpStatus: 503 });
  });

  test.each([
    ["a server error", { kind: "status", status: 500 }, true],
    ["a gateway that waited in vain", { kind: "status", status: 504 }, true],
    ["a service that is down", { kind: "status", status: 503 }, false],
    ["silence until the time is over", { kind: "timeout" }, true],
    ["a connection cut before the answer", { kind: "drop" }, true],
  ])("after %s, ambiguous is what it must be", async (_what, fault, ambiguous) => {
    const error = await failWith(fault, () => say("olá"));
    expect(error).toBeInstanceOf(Unreachable);
    expect(error).toMatchObject({ ambiguous });
  });

  test("a server that is not there was not reached", async () => {
    const { baseUrl } = target;
    const stopped = await startTestBed();
    await stopped.close();
    target = { ...target, baseUrl: stopped.url };
    await expect(say("olá")).rejects.toMatchObject({ name: "Unreachable", ambiguous: false });
    target = { ...target, baseUrl: `${baseUrl}/` };
    await expect(say("olá")).resolves.toMatchObject({ chat: lead });
  });

  test.each([
    ["a success that is no JSON", "<html>", true],
    ["a success without an id", "{}", true],
    ["a connection that timed out inside", '{"response":{"message":["Error: Timed Out"]}}', true, 400],
    ["a connection that was closed", '{"response":{"message":["Error: Connection Closed"]}}', false, 400],
  ])("%s", async (_what, body, ambiguous, status = 201) => {
    target = { ...target, fetch: () => Promise.resolve(new Response(body, { status })) };
    await expect(say("olá")).rejects.toMatchObject({ name: "Unreachable", ambiguous });
  });

  test("no error repeats the credential or the words", async () => {
    const chat: Address = { kind: "phone", value: "5521980000000" };
    const errors = await Promise.all(
      [say("segredo do lead", { chat }), say("segredo do lead", { chat: { kind: "group", value: "1@g.us" } })].map(
        (send) => send.catch((error: unknown) => error),
      ),
    );
    for (const error of errors) {
      expect(error).toBeInstanceOf(Rejected);
      expect(JSON.stringify(error) + String(error)).not.toMatch(/segredo|server-key|5521980000000/);
    }
  });
});

describe("reading and typing", () => {
  test("a read message turns the lead's ticks blue", async () => {
    const { externalId } = await writeAsLead({ text: "oi" });
    const messages = [{ externalId, fromMe: false }];
    await evolution().signal(target, { kind: "read", chat: lead, aliases: [], messages });
    expect(await heard(bed)).toContainEqual(expect.objectContaining({ type: "status", fromMe: false, status: "read" }));
  });

  test("a LID is read through the phone beside it; without one nothing is asked", async () => {
    await post(bed, "/_phone/people", { name: "Caio", phone: LEAD, addressing: "lid" });
    const { chat, aliases, externalId } = await writeAsLead({ text: "oi" });
    expect(chat.kind).toBe("lid");
    const messages = [{ externalId, fromMe: false }];
    await evolution().signal(target, { kind: "read", chat, aliases: [], messages });
    expect(bed.emulator.world.findMessage(target.account, externalId)?.tick).toBe("DELIVERY_ACK");
    await evolution().signal(target, { kind: "read", chat, aliases, messages });
    expect(bed.emulator.world.findMessage(target.account, externalId)?.tick).toBe("READ");
  });

  test("typing is shown for as long as asked, and the call lasts as long", async () => {
    const typing = evolution().signal(target, { kind: "typing", chat: lead, durationMs: 3_000 });
    await expect
      .poll(() => bed.emulator.world.typing)
      .toMatchObject([{ chat: LEAD, by: "company", presence: "composing" }]);
    bed.clock.advance(3_000);
    await typing;
    expect(bed.emulator.world.typing).toEqual([]);
  });
});

describe("media", () => {
  test("come as the bytes that were sent", async () => {
    const media = { mimeType: "application/pdf", base64: btoa("conteúdo"), fileName: "cotação.pdf" };
    const event = await writeAsLead({ kind: "document", media });
    const fetched = await evolution().fetchMedia(target, event.media?.ref ?? "");
    expect(fetched).toMatchObject({ mimeType: "application/pdf", fileName: "cotação.pdf" });
    expect(new TextDecoder("latin1").decode(fetched.bytes)).toBe("conteúdo");
  });

  test("of a message that the server has not stored are not found", async () => {
    await expect(evolution().fetchMedia(target, "nope")).rejects.toMatchObject({
      name: "Rejected",
      reason: "not_found",
    });
  });
});

describe("looking up a send with an unclear outcome", () => {
  const rendered = () => evolution().render({ chat: lead, content: { kind: "text", text: "olá" } });
  const ask = (facts: object = {}) =>
    evolution().lookUp(target, {
      chat: lead,
      aliases: [],
      fingerprint: rendered().fingerprint,
      attemptedAt: bed.clock.now(),
      excluded: [],
      ...facts,
    });

  test("finds the one that arrived although the answer was lost, with its tick", async () => {
    await failWith({ kind: "drop" }, () => say("olá"));
    expect(await ask()).toMatchObject({ found: true, status: "sent" });
    bed.clock.advance(1_000);
    expect(await ask()).toMatchObject({ found: true, status: "delivered" });
  });

  test("does not find one that never left, was older, says something else or belongs to another message", async () => {
    await failWith({ kind: "timeout" }, () => say("olá"));
    expect(await ask()).toEqual({ found: false });
    const { externalId } = await say("olá");
    expect(await ask({ excluded: [externalId] })).toEqual({ found: false });
    expect(await ask({ fingerprint: "other" })).toEqual({ found: false });
    expect(await ask({ attemptedAt: bed.clock.now() + 120_000 })).toEqual({ found: false });
  });

  test("finds it under the other form of a Brazilian number, and under the LID", async () => {
    await post(bed, "/_phone/people", { name: "Caio", phone: "552187001234" });
    const { externalId } = await say("olá");
    expect(await ask()).toMatchObject({ found: true, externalId });
    const lid: Address = { kind: "lid", value: bed.emulator.world.findPerson(LEAD)?.lid ?? "" };
    const second = await say("olá", { chat: lid });
    expect(await ask({ aliases: [lid], excluded: [externalId] })).toMatchObject({
      found: true,
      externalId: second.externalId,
    });
  });

  test("of two equal sends takes the first that nobody owns", async () => {
    const first = await say("olá");
    bed.clock.advance(2_000);
    const second = await say("olá");
    expect(await ask()).toMatchObject({ externalId: first.externalId });
    expect(await ask({ excluded: [first.externalId] })).toMatchObject({ externalId: second.externalId });
  });
});

describe("accounts", () => {
  test("the key of the documentation is known, in any case of letters", () => {
    expect(accounts().isPublishedKey(" 429683c4c977415caafcce10f7d57e11 ")).toBe(true);
    expect(accounts().isPublishedKey(SERVER_KEY)).toBe(false);
  });

  test("a name that is taken is refused", async () => {
    await expect(accounts().create(bed.target, bed.webhook)).rejects.toMatchObject({
      name: "Rejected",
      reason: "name_taken",
    });
  });

  test("from code to open, logged out and removed", async () => {
    const server = { ...bed.target, account: "nova" };
    const { token } = await accounts().create(server, bed.webhook);
    const nova = { ...server, token };
    expect(await accounts().readState(nova)).toBe("connecting");
    const asked = await accounts().connect(nova);
    expect(asked).toMatchObject({ state: "connecting", pairing: { code: expect.stringMatching(/^2@/), count: 1 } });
    const code = asked.state === "connecting" ? asked.pairing?.code : null;
    await post(bed, "/_phone/scan", { code, phone: "552130005678", profileName: "Nova" });
    expect(await accounts().connect(nova)).toEqual({ state: "open" });
    await expect(accounts().remove(nova)).rejects.toMatchObject({ reason: "invalid_request" });
    await accounts().logOut(nova);
    expect(await accounts().readState(nova)).toBe("closed");
    await expect(accounts().logOut(nova)).rejects.toMatchObject({ name: "Unreachable", ambiguous: false });
    await accounts().remove(nova);
    await expect(accounts().readState(nova)).rejects.toBeInstanceOf(AuthExpired);
  });

  test("numbers are checked in either form, with their LID", async () => {
    await post(bed, "/_phone/people", { name: "Caio", phone: "552187001234" });
    expect(await accounts().checkNumbers(target, [LEAD, "5521980000000"])).toEqual([
      {
        number: LEAD,
        exists: true,
        chat: { kind: "phone", value: "552187001234" },
        lid: { kind: "lid", value: expect.stringMatching(/@lid$/) },
      },
      { number: "5521980000000", exists: false, chat: null, lid: null },
    ]);
  });

  test("a new webhook takes effect at once", async () => {
    await accounts().setWebhook(target, { ...bed.webhook, secret: "another-secret-of-at-least-32-characters" });
    await writeAsLead({ text: "oi" });
    const [delivery] = bed.received;
    const check = (current: string) =>
      evolution().verify({
        body: delivery?.body ?? new Uint8Array(),
        headers: delivery?.headers ?? new Headers(),
        secrets: { current },
        now: bed.clock.now(),
      });
    expect(await check("another-secret-of-at-least-32-characters")).toMatchObject({ ok: true, scheme: "jwt" });
    expect(await check(bed.webhook.secret)).toMatchObject({ ok: false });
  });
});
