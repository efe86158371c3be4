import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseJid, readChat, readParticipants, renderJid } from "./jid.ts";

describe("an address", () => {
  test.each([
    ["5521987001234@s.whatsapp.net", "phone", "5521987001234"],
    ["5521987001234:33@s.whatsapp.net", "phone", "5521987001234"],
    ["5521987001234@c.us", "phone", "5521987001234"],
    ["5521987001234@hosted", "phone", "5521987001234"],
    ["5521987001234", "phone", "5521987001234"],
    ["77120045510033@lid", "lid", "77120045510033@lid"],
    ["77120045510033:5@lid", "lid", "77120045510033@lid"],
    ["120363555000111222@g.us", "group", "120363555000111222@g.us"],
    ["552130001234-1400000000@g.us", "group", "552130001234-1400000000@g.us"],
    ["status@broadcast", "broadcast", "status@broadcast"],
    ["120363999@newsletter", "newsletter", "120363999@newsletter"],
    ["867051314767696@bot", "other", "867051314767696@bot"],
    ["renata@s.whatsapp.net", "other", "renata@s.whatsapp.net"],
    ["x@constructor", "other", "x@constructor"],
  ])("%s is a %s", (jid, kind, value) => {
    expect(parseJid(jid)).toEqual({ kind, value });
  });

  test.each(["", "@s.whatsapp.net", " ", ":1@lid"])("%j is none", (jid) => {
    expect(parseJid(jid)).toBeUndefined();
  });

  test("law: what was parsed is written back as the same address", () => {
    const user = fc.stringMatching(/^\d{5,15}$/);
    const server = fc.constantFrom("s.whatsapp.net", "lid", "g.us", "newsletter", "bot");
    fc.assert(
      fc.property(user, server, (name, host) => {
        const address = parseJid(`${name}@${host}`);
        expect(address && renderJid(address)).toBe(`${name}@${host}`);
      }),
    );
  });
});

describe("a message key", () => {
  const phone = { kind: "phone", value: "5521987001234" };
  const lid = { kind: "lid", value: "77120045510033@lid" };

  test("names its chat by what it came by, and every other address once", () => {
    const key = {
      remoteJid: "77120045510033@lid",
      remoteJidAlt: "5521987001234@s.whatsapp.net",
      senderPn: "5521987001234:2@c.us",
    };
    expect(readChat(key)).toEqual({ chat: lid, aliases: [phone] });
  });

  test("without a chat address has none, even when another field has one", () => {
    expect(readChat({ remoteJidAlt: "5521987001234@s.whatsapp.net" })).toBeUndefined();
    expect(readChat({ remoteJid: "", senderPn: "5521987001234@s.whatsapp.net" })).toBeUndefined();
  });

  test("of a group has no aliases: a participant is not the group", () => {
    const key = {
      remoteJid: "120363555000111222@g.us",
      senderPn: "5521987001234@s.whatsapp.net",
      participant: "77120045510033@lid",
    };
    expect(readChat(key)?.aliases).toEqual([]);
    expect(readParticipants(key)).toEqual([lid]);
  });

  test("ignores empty and odd participants", () => {
    expect(readParticipants({ participant: "", participantAlt: "status@broadcast", participantPn: 7 })).toEqual([]);
  });
});
