/** The address of a provider's server as a person types it. */

/** Can requests go there? A user name or password in it would end up in logs. */
export function isHttpUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return (protocol === "http:" || protocol === "https:") && username === "" && password === "";
}

/**
 * What was typed, as the address that calls go to: `https` unless another protocol is said, without the path of the
 * manager's page (which is what people copy from their browser), a query or a slash at the end. Null when it is none.
 */
export function parseServerAddress(typed: string): string | null {
  const text = typed.trim();
  const withProtocol = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  if (text === "" || /\s/.test(text) || !isHttpUrl(withProtocol)) return null;
  const { origin, pathname } = new URL(withProtocol);
  return `${origin}${pathname.replace(/\/manager(?:\/.*)?$/, "").replace(/\/+$/, "")}`;
}
