import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createJid } from "./numbers.ts";
import { get, LEAD, pair, post, SERVER_KEY, startTestBed, type TestBed } from "./test-bed.ts";

let bed: TestBed;
beforeEach(async () => {
  bed = await startTestBed();
  await pair(bed);
});
afterEach(() => bed.close());

async function call(method: string, path: string, { key = SERVER_KEY, body }: { key?: string; body?: unknown } = {}) {
  const headers = { "content-type": "application/json", ...(key === "" ? {} : { apikey: key }) };
  const response = await fetch(`${bed.url}${path}`, {
    method,
    headers,
    body: body === undefined ? null : JSON.stringify(body),
  });
  const answer: unknown = await response.json();
  return { status: response.status, answer };
}

const says = (status: number, error: string, message: unknown) => ({
  status,
  answer: { status, error, response: { message } },
});
const ofInstance = () => bed.emulator.routes().filter(({ pattern }) => pattern.endsWith("/:instanceName"));
const token = () => bed.emulator.world.findInstance("ipe")?.token ?? "";

test("the routes of the real server that are there: each has a test, in this file or through the connector", () => {
  const routes = bed.emulator
    .routes()
    .map(({ method, pattern }) => `${method} ${pattern.replace("/:instanceName", "")}`);
  expect(routes.filter((route) => !route.includes("/_phone"))).toEqual([
    "GET /",
    "POST /instance/create",
    "GET /instance/fetchInstances",
    "DELETE /instance/delete",
    "GET /instance/connect",
    "POST /instance/restart",
    "GET /instance/connectionState",
    "DELETE /instance/logout",
    "POST /webhook/set",
    "GET /webhook/find",
    "POST /settings/set",
    "GET /settings/find",
    "POST /message/sendText",
    "POST /message/sendMedia",
    "POST /message/sendWhatsAppAudio",
    "POST /message/sendReaction",
    "POST /chat/updateMessage",
    "DELETE /chat/deleteMessageForEveryone",
    "POST /chat/markMessageAsRead",
    "POST /chat/sendPresence",
    "POST /chat/whatsappNumbers",
    "POST /chat/fetchProfile",
    "POST /chat/fetchProfilePictureUrl",
    "POST /chat/getBase64FromMediaMessage",
    "POST /chat/findMessages",
  ]);
});

describe("guards, in the real server's order", () => {
  test("an unknown instance is 404 even without a key, on every route", async () => {
    for (const { method, pattern } of ofInstance()) {
      const answer = await call(method, pattern.replace(":instanceName", "nope"), { key: "" });
      expect(answer).toEqual(says(404, "Not Found", ['The "nope" instance does not exist']));
    }
  });

  test("a known one without the right key is 401, on every route", async () => {
    for (const { method, pattern } of ofInstance()) {
      for (const key of ["", "wrong"]) {
        expect(await call(method, pattern.replace(":instanceName", "ipe"), { key })).toEqual(
          says(401, "Unauthorized", "Unauthorized"),
        );
      }
    }
  });

  test("a taken name is 403 before the key is looked at; creating needs the server's own key", async () => {
    const body = { instanceName: "ipe", integration: "WHATSAPP-BAILEYS" };
    expect(await call("POST", "/instance/create", { key: "", body })).toEqual(
      says(403, "Forbidden", ['This name "ipe" is already in use.']),
    );
    expect(
      (await call("POST", "/instance/create", { key: token(), body: { ...body, instanceName: "b" } })).status,
    ).toBe(401);
  });

  test("an instance's token opens its own routes only", async () => {
    await post(bed, "/instance/create", { instanceName: "b", integration: "WHATSAPP-BAILEYS" });
    expect((await call("GET", "/instance/connectionState/ipe", { key: token() })).status).toBe(200);
    expect((await call("GET", "/instance/connectionState/b", { key: token() })).status).toBe(401);
    const { answer } = await call("GET", "/instance/fetchInstances", { key: token() });
    expect(answer).toMatchObject([{ name: "ipe", connectionStatus: "open", ownerJid: "552130001234@s.whatsapp.net" }]);
    expect((await call("GET", "/instance/fetchInstances", { key: "wrong" })).status).toBe(401);
    expect((await call("GET", "/instance/fetchInstances?instanceName=zz")).status).toBe(404);
  });

  test("a route that the server does not have is 404 in its words, and is remembered", async () => {
    expect(await call("POST", "/message/sendSmoke/ipe", { body: {} })).toEqual(
      says(404, "Not Found", ["Cannot POST /message/sendSmoke/ipe"]),
    );
    expect((await get(bed, "/_inspect")).body).toMatchObject({ unknownRoutes: [{ path: "/message/sendSmoke/ipe" }] });
  });
});

describe("bodies", () => {
  test.each([
    ["/message/sendText/ipe", { number: LEAD }, 'instance requires property "text"'],
    ["/message/sendText/ipe", { number: LEAD, textMessage: { text: "v1" } }, 'instance requires property "text"'],
    ["/chat/sendPresence/ipe", { number: LEAD, presence: "composing" }, 'instance requires property "delay"'],
    ["/webhook/set/ipe", { enabled: true, url: "https://a.test" }, 'instance requires property "webhook"'],
  ])("%s refuses %j", async (path, body, message) => {
    expect(await call("POST", path, { body })).toEqual(says(400, "Bad Request", [[message]]));
  });

  test("a webhook needs a URL and known events", async () => {
    const set = (webhook: object) =>
      call("POST", "/webhook/set/ipe", { body: { webhook: { enabled: true, url: "https://a.test", ...webhook } } });
    expect((await set({ url: "nope" })).answer).toMatchObject({ response: { message: ['Invalid "url" property'] } });
    expect((await set({ events: ["MESSAGES_TELEPORT"] })).status).toBe(400);
    expect((await set({})).answer).toMatchObject({ enabled: true, url: "https://a.test", webhookByEvents: false });
    expect((await call("GET", "/webhook/find/ipe")).answer).toMatchObject({
      url: "https://a.test",
      events: expect.arrayContaining(["CALL"]),
    });
  });
});

describe("answers", () => {
  test("who is not on WhatsApp, or a group that is not there", async () => {
    const send = (number: string) => call("POST", "/message/sendText/ipe", { body: { number, text: "olá" } });
    const missing = { jid: "5521980000000@s.whatsapp.net", exists: false, number: "5521980000000" };
    expect(await send("5521980000000")).toEqual(says(400, "Bad Request", [missing]));
    expect((await send("120363000000000001@g.us")).answer).toMatchObject({
      response: { message: [{ exists: false }] },
    });
  });

  test("media, reactions, edits and deletions of our own", async () => {
    const sent = await call("POST", "/message/sendMedia/ipe", {
      body: { number: LEAD, mediatype: "image", media: "data:image/png;base64,AAAA", caption: "foto" },
    });
    expect(sent).toMatchObject({
      status: 201,
      answer: { messageType: "imageMessage", message: { imageMessage: { caption: "foto" } } },
    });
    const { id, remoteJid } = JSON.parse(JSON.stringify(sent.answer)).key;
    const key = { id, remoteJid, fromMe: true };
    expect((await call("POST", "/message/sendReaction/ipe", { body: { key, reaction: "👍" } })).status).toBe(201);
    expect((await call("POST", "/chat/updateMessage/ipe", { body: { number: LEAD, key, text: "outra" } })).status).toBe(
      200,
    );
    expect((await call("DELETE", "/chat/deleteMessageForEveryone/ipe", { body: key })).status).toBe(201);
    expect(bed.emulator.world.findMessage("ipe", id)).toMatchObject({
      deleted: true,
      edited: true,
      reactions: { me: "👍" },
      content: { text: "outra" },
    });
    expect(
      (await call("POST", "/message/sendMedia/ipe", { body: { number: LEAD, mediatype: "image", media: "não é" } }))
        .status,
    ).toBe(400);
  });

  test("what another person wrote cannot be edited or deleted", async () => {
    const { body } = await post(bed, "/_phone/messages", { instance: "ipe", chat: LEAD, text: "oi" });
    const key = { id: JSON.parse(JSON.stringify(body)).id, remoteJid: `${LEAD}@s.whatsapp.net`, fromMe: false };
    expect((await call("DELETE", "/chat/deleteMessageForEveryone/ipe", { body: key })).status).toBe(400);
    expect((await call("POST", "/chat/updateMessage/ipe", { body: { number: LEAD, key, text: "x" } })).status).toBe(
      400,
    );
  });

  test("profiles, states and settings", async () => {
    await post(bed, "/_phone/people", { name: "Renata", phone: LEAD });
    expect((await call("POST", "/chat/fetchProfile/ipe", { body: { number: LEAD } })).answer).toMatchObject({
      name: "Renata",
      numberExists: true,
    });
    expect((await call("POST", "/chat/fetchProfilePictureUrl/ipe", { body: { number: LEAD } })).answer).toMatchObject({
      profilePictureUrl: null,
    });
    expect((await call("POST", "/instance/restart/ipe")).answer).toEqual({
      instance: { instanceName: "ipe", state: "open" },
    });
    expect((await call("GET", "/settings/find/ipe")).answer).toMatchObject({ groupsIgnore: false });
    expect((await call("GET", "/")).answer).toMatchObject({ status: 200, version: "2.3.7" });
  });

  test("a send with a delay shows typing first", async () => {
    const sending = call("POST", "/message/sendText/ipe", { body: { number: LEAD, text: "olá", delay: 2_000 } });
    await expect.poll(() => bed.emulator.world.typing).toMatchObject([{ presence: "composing" }]);
    bed.clock.advance(2_000);
    expect(await sending).toMatchObject({ status: 201 });
    expect(bed.emulator.world.typing).toEqual([]);
  });
});

test.each([
  ["+55 (21) 98700-1234", "5521987001234@s.whatsapp.net"],
  ["5531987001234", "553187001234@s.whatsapp.net"],
  ["5531967001234", "5531967001234@s.whatsapp.net"],
  ["553187001234", "553187001234@s.whatsapp.net"],
  ["5219991234567", "529991234567@s.whatsapp.net"],
  ["5491150001234", "541150001234@s.whatsapp.net"],
  ["14155550123", "14155550123@s.whatsapp.net"],
  ["77120045510033@lid", "77120045510033@lid"],
  ["5531987001234@s.whatsapp.net", "5531987001234@s.whatsapp.net"],
  ["5521987001234:12@s.whatsapp.net", "5521987001234@s.whatsapp.net"],
  ["120363555000111222", "120363555000111222@g.us"],
  ["552130001234-1400000000", "552130001234-1400000000@g.us"],
])("the number %s becomes %s", (number, jid) => {
  expect(createJid(number)).toBe(jid);
});
