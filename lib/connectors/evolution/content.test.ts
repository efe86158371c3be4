import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../json.ts";
import { contentKey, readContent, readContextInfo, unwrap } from "./content.ts";

const read = (message: JsonObject) => readContent(message, "3A01");

describe("wrappers", () => {
  const names = [
    "ephemeralMessage",
    "viewOnceMessage",
    "viewOnceMessageV2",
    "documentWithCaptionMessage",
    "deviceSentMessage",
  ];

  test("law: up to five around a message change nothing but that it can be seen once", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...names), { maxLength: 5 }), (wrappers) => {
        const inner: JsonObject = { imageMessage: { mimetype: "image/png", caption: "oi" } };
        const wrapped = wrappers.reduce<JsonObject>((message, name) => ({ [name]: { message } }), inner);
        const viewOnce = wrappers.some((name) => name.startsWith("viewOnce"));
        expect(unwrap(wrapped)).toEqual({ message: inner, viewOnce });
        expect(read(wrapped)).toMatchObject({ kind: "image", text: "oi", media: { viewOnce } });
      }),
    );
  });

  test("without a message inside are a kind of their own", () => {
    expect(read({ viewOnceMessage: {} })).toMatchObject({ kind: "unsupported", providerKind: "viewOnceMessage" });
  });

  test("the companions of a message are not the message", () => {
    const companions = {
      messageContextInfo: {},
      senderKeyDistributionMessage: {},
      base64: "AAAA",
      mediaUrl: "https://s3.test/x",
    };
    expect(contentKey(companions)).toBeUndefined();
    expect(read({ ...companions, conversation: "oi" })).toMatchObject({ kind: "text", text: "oi" });
    expect(contentKey({ conversation: null, audioMessage: {} })).toBe("audioMessage");
  });
});

describe("media", () => {
  test.each([
    ["imageMessage", "image", "image/jpeg"],
    ["videoMessage", "video", "video/mp4"],
    ["ptvMessage", "video", "video/mp4"],
    ["audioMessage", "audio", "audio/ogg"],
    ["documentMessage", "document", "application/octet-stream"],
    ["stickerMessage", "sticker", "image/webp"],
  ])("%s without a type is taken for what it usually is", (key, kind, mimeType) => {
    expect(read({ [key]: {} })).toEqual({
      kind,
      media: { ref: "3A01", mimeType, voice: false, viewOnce: false },
      providerKind: key,
    });
  });

  test("a size above 4 GiB keeps its high half", () => {
    const { media } = read({ videoMessage: { fileLength: { low: 1, high: 1, unsigned: true } } });
    expect(media?.byteLength).toBe(2 ** 32 + 1);
  });

  test("a document without a file name is called by its title; other media are not", () => {
    expect(read({ documentMessage: { title: "proposta" } }).media?.fileName).toBe("proposta");
    expect(read({ videoMessage: { title: "proposta" } }).media?.fileName).toBeUndefined();
  });
});

describe("what lacks its point is unsupported, not a lie", () => {
  test.each<[string, JsonObject]>([
    ["a place without a position", { locationMessage: { name: "Loja" } }],
    ["a place with half a position", { locationMessage: { degreesLatitude: -22 } }],
    ["a choice without an option", { buttonsResponseMessage: {} }],
    ["a kind whose value is no object", { imageMessage: "x" }],
    ["nothing", {}],
  ])("%s", (_what, message) => {
    expect(read(message).kind).toBe("unsupported");
  });
});

describe("contact cards", () => {
  const phonesOf = (vcard: string) => read({ contactMessage: { displayName: "Ana", vcard } }).contacts?.[0]?.phones;

  test("read every number, whatever its attributes and line ends", () => {
    expect(
      phonesOf("BEGIN:VCARD\r\nTEL:+551\r\nTEL;type=CELL;type=VOICE;waid=552:+55 2\r\nitem2.TEL:+553\r\nEND:VCARD"),
    ).toEqual(["+551", "+55 2", "+553"]);
  });

  test("do not take other lines for numbers", () => {
    expect(phonesOf("BEGIN:VCARD\nFN:TEL 5\nNOTE:TEL:9\nEMAIL:a@b.test\nEND:VCARD")).toEqual([]);
  });
});

describe("words of messages that businesses send", () => {
  test.each<[JsonObject, string]>([
    [{ buttonsMessage: { contentText: "Escolha" } }, "Escolha"],
    [{ listMessage: { title: "Menu", description: "Veja as opções" } }, "Veja as opções"],
    [{ listMessage: { title: "Menu" } }, "Menu"],
    [{ templateMessage: { hydratedTemplate: { hydratedContentText: "Olá!" } } }, "Olá!"],
  ])("%j", (message, text) => {
    expect(read(message)).toMatchObject({ kind: "text", text });
  });
});

describe("context", () => {
  test("lifted by the server wins over the one inside, wrapped or not", () => {
    const inside = {
      ephemeralMessage: { message: { extendedTextMessage: { text: "a", contextInfo: { stanzaId: "inside" } } } },
    };
    expect(readContextInfo({ contextInfo: { stanzaId: "lifted" }, message: inside })).toEqual({ stanzaId: "lifted" });
    expect(readContextInfo({ contextInfo: null, message: inside })).toEqual({ stanzaId: "inside" });
    expect(readContextInfo({ message: { conversation: "a" } })).toBeUndefined();
  });
});
