import { describe, expect, test } from "vitest";
import type { Address } from "../events.ts";
import { fingerprintMessage } from "../fingerprint.ts";
import { render } from "./render.ts";

const lead: Address = { kind: "phone", value: "5531987001234" };
const content = { kind: "text" as const, text: "olá" };

describe("a rendered message", () => {
  test.each<[Address, string]>([
    [lead, "5531987001234@s.whatsapp.net"],
    [{ kind: "lid", value: "77120045510033@lid" }, "77120045510033@lid"],
    [{ kind: "group", value: "120363555000111222@g.us" }, "120363555000111222@g.us"],
  ])("goes to the whole address, so that the server takes no digit off: %j", (chat, number) => {
    expect(render({ chat, content })).toEqual({
      path: "/message/sendText",
      body: { number, text: "olá" },
      fingerprint: fingerprintMessage(content),
    });
  });

  test("quotes by id, with the words for servers that keep no messages", () => {
    const quoted = { externalId: "3A01", fromMe: true, text: "quanto?" };
    expect(render({ chat: lead, content, quoted }).body.quoted).toEqual({
      key: { id: "3A01", remoteJid: "5531987001234@s.whatsapp.net", fromMe: true },
      message: { conversation: "quanto?" },
    });
    expect(render({ chat: lead, content, quoted: { externalId: "3A01", fromMe: false } }).body.quoted).toMatchObject({
      message: { conversation: "" },
    });
  });

  test("keeps the words as they are: spaces, line ends and signs", () => {
    const text = "  *um*\r\ndois  👋 ";
    expect(render({ chat: lead, content: { kind: "text", text } }).body.text).toBe(text);
  });
});
