const bytes = 16;

/** A name that nobody else gives to anything. Also on plain http, where `crypto.randomUUID` is not there. */
export function newClientId(): string {
  const random = crypto.getRandomValues(new Uint8Array(bytes));
  return Array.from(random, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
