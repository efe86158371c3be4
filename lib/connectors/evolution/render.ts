import { fingerprintMessage } from "../fingerprint.ts";
import type { JsonObject } from "../json.ts";
import type { OutboundMessage, RenderedMessage } from "../types.ts";
import { renderJid } from "./jid.ts";

/**
 * Our message as the body of `sendText`. The whole address goes in: Evolution would take the 9th digit off bare Brazilian digits.
 * Its server finds the quoted message in its own store by id; the words are sent along for servers that keep none.
 */
export function render({ chat, content, quoted }: OutboundMessage): RenderedMessage {
  const number = renderJid(chat);
  const body: JsonObject = { number, text: content.text };
  if (quoted !== undefined) {
    const key = { id: quoted.externalId, remoteJid: number, fromMe: quoted.fromMe };
    body.quoted = { key, message: { conversation: quoted.text ?? "" } };
  }
  return { path: "/message/sendText", body, fingerprint: fingerprintMessage(content) };
}
