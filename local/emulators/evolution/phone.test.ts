import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { accounts, get, heard, LEAD, OWNER, pair, post, startTestBed, type TestBed } from "./test-bed.ts";

let bed: TestBed;
beforeEach(async () => {
  bed = await startTestBed();
  await pair(bed);
});
afterEach(() => bed.close());

const media = { mimeType: "audio/ogg; codecs=opus", base64: btoa("ogg"), seconds: 4, voice: true };

async function write(content: object = { text: "oi" }): Promise<string> {
  const { body } = await post(bed, "/_phone/messages", { instance: "ipe", chat: LEAD, ...content });
  return JSON.parse(JSON.stringify(body)).id;
}

describe("a lead writes", () => {
  test.each([
    [{ text: "oi" }, { kind: "text", text: "oi" }],
    [
      { kind: "audio", media },
      { kind: "audio", media: { mimeType: media.mimeType, durationSeconds: 4, byteLength: 3, voice: true } },
    ],
    [
      { kind: "image", media: { mimeType: "image/png", base64: "AAAA" }, text: "olha" },
      { kind: "image", text: "olha", media: { mimeType: "image/png" } },
    ],
    [
      { kind: "video", media: { mimeType: "video/mp4", base64: "AAAA" } },
      { kind: "video", media: { mimeType: "video/mp4" } },
    ],
    [{ kind: "sticker", media: { mimeType: "image/webp", base64: "AAAA" } }, { kind: "sticker" }],
    [
      { kind: "document", media: { mimeType: "application/pdf", base64: "AAAA", fileName: "a.pdf" } },
      { kind: "document", media: { fileName: "a.pdf" } },
    ],
    [
      { kind: "location", location: { latitude: -22.9, longitude: -43.1, name: "Loja" } },
      { kind: "location", location: { latitude: -22.9, name: "Loja" } },
    ],
    [
      { kind: "contact", contact: { name: "Beto", phone: "5524999887766" } },
      { kind: "contact", contacts: [{ name: "Beto", phones: ["+5524999887766"] }] },
    ],
  ])("%j, and the connector reads it", async (content, meaning) => {
    const externalId = await write(content);
    expect(await heard(bed)).toMatchObject([
      { type: "message", externalId, fromMe: false, viaApi: false, providerAt: bed.clock.now(), ...meaning },
    ]);
  });

  test("a quote, a reaction and its taking back, an edit and a deletion", async () => {
    const id = await write({ text: "um" });
    await write({ text: "dois", quotedId: id });
    for (const emoji of ["👍", ""]) await post(bed, "/_phone/reactions", { instance: "ipe", id, emoji });
    await post(bed, "/_phone/edits", { instance: "ipe", id, text: "um!" });
    await post(bed, "/_phone/deletions", { instance: "ipe", id });
    expect((await heard(bed)).slice(1)).toMatchObject([
      { type: "message", quoted: { externalId: id, text: "um" } },
      { type: "reaction", externalId: id, actor: LEAD, emoji: "👍" },
      { type: "reaction", externalId: id, actor: LEAD, emoji: "" },
      { type: "edit", externalId: id, text: "um!" },
      { type: "delete", externalId: id },
    ]);
  });

  test("typing is heard", async () => {
    await post(bed, "/_phone/presence", { instance: "ipe", chat: LEAD, presence: "composing" });
    expect(await heard(bed)).toMatchObject([
      { type: "presence", actor: { kind: "phone", value: LEAD }, state: "typing" },
    ]);
  });

  test("both forms of a Brazilian number are one person, who keeps the form that WhatsApp knows", async () => {
    await write({ chat: "552187001234" });
    await write({ chat: "5521987001234" });
    expect((await heard(bed)).map((event) => event.type === "message" && event.chat.value)).toEqual([
      "552187001234",
      "552187001234",
    ]);
  });

  test.each([
    ["phone", "phone", ["lid"]],
    ["lid", "lid", ["phone"]],
    ["lid_only", "lid", []],
  ])("addressed by %s", async (addressing, kind, aliases) => {
    await post(bed, "/_phone/people", { name: "Marta", phone: LEAD, addressing });
    await write();
    const [event] = await heard(bed);
    expect(event).toMatchObject({
      senderName: "Marta",
      chat: { kind },
      aliases: aliases.map((alias) => ({ kind: alias })),
    });
  });

  test("nothing is heard while the company's phone is not paired", async () => {
    await post(bed, "/_phone/unpair", { instance: "ipe" });
    const before = (await heard(bed)).length;
    await write();
    expect(await heard(bed)).toHaveLength(before);
  });
});

describe("somebody of the company", () => {
  test("who writes on the phone itself is no API send, and its ticks are heard", async () => {
    const externalId = await write({ text: "já te ligo", fromCompany: true });
    bed.clock.advance(1_000);
    expect(await heard(bed)).toMatchObject([
      { type: "message", externalId, fromMe: true, viaApi: false, text: "já te ligo" },
      { type: "status", externalId, fromMe: true, status: "delivered" },
    ]);
  });

  test("who reacts or reads does so as the company", async () => {
    const id = await write();
    await post(bed, "/_phone/reactions", { instance: "ipe", id, emoji: "🙏", fromCompany: true });
    await post(bed, "/_phone/read", { instance: "ipe", chat: LEAD, reader: "company" });
    expect((await heard(bed)).slice(1)).toMatchObject([
      { type: "reaction", actor: "me", fromMe: true },
      { type: "status", externalId: id, status: "read", fromMe: false },
    ]);
  });

  test("hears when a voice note was played", async () => {
    const { body } = await post(bed, "/message/sendWhatsAppAudio/ipe", { number: LEAD, audio: media.base64 });
    const { id } = JSON.parse(JSON.stringify(body)).key;
    await post(bed, "/_phone/ticks", { instance: "ipe", id, tick: "PLAYED" });
    expect((await heard(bed)).at(-1)).toMatchObject({ type: "status", externalId: id, status: "played" });
  });
});

describe("groups", () => {
  test("members write under their own address, and nobody else can", async () => {
    const { body } = await post(bed, "/_phone/groups", { subject: "Obra", members: [LEAD, "5531987770011"] });
    const { jid } = JSON.parse(JSON.stringify(body));
    await write({ chat: jid, author: LEAD, text: "bom dia" });
    expect(await heard(bed)).toMatchObject([
      { chat: { kind: "group", value: jid }, aliases: [], senders: [{ kind: "phone", value: LEAD }, { kind: "lid" }] },
    ]);
    expect((await post(bed, "/_phone/messages", { instance: "ipe", chat: jid, text: "?" })).status).toBe(400);
    expect(
      (await post(bed, "/_phone/messages", { instance: "ipe", chat: "999@g.us", author: LEAD, text: "?" })).status,
    ).toBe(400);
  });

  test("are silent when the instance ignores them", async () => {
    const { body } = await post(bed, "/_phone/groups", { subject: "Obra", members: [LEAD] });
    await post(bed, "/settings/set/ipe", { groupsIgnore: true });
    await write({ chat: JSON.parse(JSON.stringify(body)).jid, author: LEAD });
    expect(await heard(bed)).toEqual([]);
  });
});

describe("pairing", () => {
  const nova = () => ({ ...bed.target, account: "nova" });
  const scan = (code: unknown) => post(bed, "/_phone/scan", { code, phone: OWNER, profileName: "Nova" });
  const shown = () => bed.emulator.world.findInstance("nova")?.pairing;

  test("codes replace each other, an old one pairs nothing, the current one does", async () => {
    const { pairing } = await accounts().create(nova(), bed.webhook);
    bed.clock.advance(60_000);
    await expect.poll(() => shown()?.count).toBe(2);
    expect((await scan(pairing?.code)).status).toBe(400);
    expect(await scan(shown()?.code)).toMatchObject({ status: 201, body: { instance: "nova", state: "open" } });
    expect((await heard(bed)).filter(({ type }) => type !== "raw")).toMatchObject([
      { type: "connection", state: "connecting" },
      { type: "qr", code: pairing?.code },
      { type: "qr" },
      { type: "connection", state: "open", account: { kind: "phone", value: OWNER }, profileName: "Nova" },
    ]);
  });

  test("nobody scans: after thirty codes the server gives up, and can be asked again", async () => {
    await accounts().create(nova(), bed.webhook);
    for (let count = 2; count <= 30; count += 1) {
      bed.clock.advance(60_000);
      await expect.poll(() => shown()?.count).toBe(count);
    }
    bed.clock.advance(60_000);
    expect((await heard(bed)).slice(-2)).toMatchObject([
      { type: "connection", state: "closed", reason: "pairing_expired", providerCode: 500 },
      { type: "connection", state: "closed", reason: "pairing_expired", providerCode: 428 },
    ]);
    expect(await accounts().connect(nova())).toMatchObject({ state: "connecting", pairing: { count: 1 } });
  });

  test("a code to type is shown when the number is known", async () => {
    await accounts().create(nova(), bed.webhook);
    await accounts().logOut(nova());
    const answer = await get(bed, "/instance/connect/nova?number=552130005678");
    const { pairingCode } = JSON.parse(JSON.stringify(answer.body));
    expect(pairingCode).toMatch(/^[0-9A-F]{8}$/);
    expect(await scan(pairingCode)).toMatchObject({ status: 201 });
  });

  test("the phone ends it", async () => {
    await post(bed, "/_phone/unpair", { instance: "ipe" });
    expect(await heard(bed)).toMatchObject([
      { type: "connection", state: "closed", reason: "logged_out", providerCode: 401 },
      { type: "connection", state: "closed", reason: "logged_out" },
    ]);
  });
});

describe("the page", () => {
  test("is served with all its files, and only those", async () => {
    const page = await get(bed, "/_phone");
    expect(page.body).toContain("<title>Telefone de teste</title>");
    const files = [...String(page.body).matchAll(/(?:href|src)="page\/([^"]+)"/g)].map(([, file]) => file);
    expect(files).toEqual(["phone.css", "phone.js"]);
    for (const file of [...files, "messages.js", "dialogs.js", "samples.js"])
      expect((await get(bed, `/_phone/page/${file}`)).status).toBe(200);
    for (const file of ["..%2Fstate.ts", "constructor", "x"])
      expect((await get(bed, `/_phone/page/${file}`)).status).toBe(404);
  });

  test("shows a chat without bytes or keys, and the bytes on their own", async () => {
    const id = await write({ kind: "audio", media });
    const { body } = await get(bed, `/_phone/state?instance=ipe&chat=${LEAD}`);
    expect(body).toMatchObject({
      instance: "ipe",
      chats: [{ chat: LEAD, preview: "Áudio" }],
      messages: [{ id, media: { voice: true } }],
    });
    expect(JSON.stringify(body)).not.toContain(media.base64);
    expect(JSON.stringify(body)).not.toContain(bed.emulator.world.findInstance("ipe")?.token);
    expect((await get(bed, `/_phone/media/ipe/${id}`)).body).toBe("ogg");
  });

  test("is told of every change, until it goes away", async () => {
    const leave = new AbortController();
    const response = await fetch(`${bed.url}/_phone/changes`, { signal: leave.signal });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toContain("retry");
    await write();
    expect((await reader?.read())?.value).toContain("data: changed");
    leave.abort();
    await expect.poll(() => write().then(() => "written")).toBe("written");
  });
});

test("everything is there again after a restart", async () => {
  const id = await write({ text: "antes" });
  const { directory } = bed;
  await bed.close();
  bed = await startTestBed({ directory });
  expect(await accounts().readState(bed.target)).toBe("open");
  expect(bed.emulator.world.findMessage("ipe", id)).toMatchObject({ content: { text: "antes" } });
});
