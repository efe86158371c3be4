/** What a request for a token says of who makes it. */

/** A page of another site asks. A browser always says so; who sends what no browser would has no cookies to abuse. */
export function isFromElsewhere(headers: Headers): boolean {
  const site = headers.get("sec-fetch-site");
  return site !== null && site !== "same-origin";
}

/**
 * Where the request comes from, as the host of this server says it in the header named `trusted`; null when the host says
 * nothing. Any other header is the caller's own word.
 */
export function callerAddress(headers: Headers, trusted: string | undefined): string | null {
  const given = trusted === undefined ? null : headers.get(trusted);
  const first = given?.split(",")[0]?.trim() ?? "";
  return first === "" ? null : first;
}

/** Each organization's page knows its visitor by a cookie of its own. */
export function cookieNameOf(orgId: string): string {
  return `qify_visitor_${orgId}`;
}

/** The slug that a body asks for; null for any other body. */
export function parseAsked(body: Uint8Array | null): string | null {
  if (body === null) return null;
  try {
    const asked: unknown = JSON.parse(new TextDecoder().decode(body));
    const slug: unknown = typeof asked === "object" && asked !== null ? Reflect.get(asked, "slug") : null;
    return typeof slug === "string" ? slug : null;
  } catch {
    return null;
  }
}
