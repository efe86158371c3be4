/**
 * Short, stable digests for keys and for recognising our own words. Not for security: a collision between two payloads of one
 * connection would at worst hide the second.
 */
const OFFSET = 0xcbf29ce484222325n;
const PRIME = 0x100000001b3n;

/** 64-bit FNV-1a of the UTF-8 bytes, as 16 hex digits. */
export function digestText(text: string): string {
  let hash = OFFSET;
  for (const byte of new TextEncoder().encode(text)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * PRIME);
  }
  return hash.toString(16).padStart(16, "0");
}

/**
 * The same for what we render and for what the provider echoes: phones trim the ends and may write line ends and accents in
 * another Unicode form.
 */
export function fingerprintMessage(message: { kind: string; text?: string | undefined }): string {
  const words = (message.text ?? "").normalize("NFC").replace(/\r\n?/g, "\n").trim();
  return digestText(`${message.kind}\n${words}`);
}
