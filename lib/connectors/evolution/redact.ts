/**
 * A payload as it may be kept: who, when and what stay readable; credentials, keys of encrypted media, pairing codes and bytes go.
 */
import { asObject, type Json, parseJsonBytes } from "../json.ts";

/** Dropped wherever they are, in any case of letters. */
const SECRET = new Set([
  "apikey",
  "token",
  "hash",
  "authorization",
  "jwt_key",
  "pairingcode",
  "mediakey",
  "messagesecret",
]);
const BYTES = new Set([
  "base64",
  "jpegthumbnail",
  "waveform",
  "filesha256",
  "fileencsha256",
  "axolotlsenderkeydistributionmessage",
]);
const RAW_LIMIT = 8_192;

/** The raw body of a webhook, redacted; `null` when it is not JSON. */
export function redactBody(body: Uint8Array): string | null {
  const parsed = parseJsonBytes(body);
  return parsed === undefined ? null : JSON.stringify(redact(parsed));
}

/** Part of a payload, redacted and cut, to keep with an event. */
export function redactPart(part: Json | undefined): string {
  const text = JSON.stringify(redact(part ?? null));
  return text.length > RAW_LIMIT ? `${text.slice(0, RAW_LIMIT)}…` : text;
}

function redact(value: Json): Json {
  if (Array.isArray(value)) return value.map(redact);
  const object = asObject(value);
  if (object === undefined) return value;
  const kept: Record<string, Json> = {};
  for (const [key, inner] of Object.entries(object)) {
    const name = key.toLowerCase().replaceAll("-", "");
    if (SECRET.has(name)) continue;
    if (inner !== undefined)
      kept[key] = BYTES.has(name) ? "[bytes]" : redact(name === "qrcode" ? hidden(inner) : inner);
  }
  return kept;
}

/** A live QR code pairs a phone: as secret as a password while it lasts. */
function hidden(qrcode: Json): Json {
  const object = asObject(qrcode);
  return object === undefined ? "[hidden]" : { ...object, code: "[hidden]" };
}
