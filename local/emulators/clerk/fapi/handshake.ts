import { ClerkError } from "../errors.ts";
import { newId } from "../ids.ts";
import { activeSessions } from "../sessions.ts";
import type { Session } from "../state.ts";
import { signSessionToken } from "../tokens.ts";
import type { FapiCall } from "./fapi.ts";

const YEAR_S = 31_536_000;
const LIFETIME_MS = 60_000;

/**
 * The handshake of a development instance. A page that lacks cookies is sent here and returns with a nonce, for which the SDK's server
 * side fetches, once and within a minute, the cookies to set on the app's own origin.
 */
export class Handshakes {
  readonly #waiting = new Map<string, { directives: string[]; expireAt: number }>();

  /** Sends the browser back to where it came from, with a nonce in the query. */
  begin(call: FapiCall): Response {
    const target = call.call.query.get("redirect_url") ?? "";
    if (!URL.canParse(target)) throw invalidRedirect();
    const url = new URL(target);
    const nonce = newId("nonce");
    this.#waiting.set(nonce, {
      directives: cookieDirectives(call, url.origin),
      expireAt: call.store.now() + LIFETIME_MS,
    });
    url.searchParams.set("__clerk_handshake_nonce", nonce);
    return new Response(null, { status: 307, headers: { location: url.toString() } });
  }

  /** The cookies of a nonce, the first time they are asked for. */
  redeem(nonce: string, now: number): string[] | undefined {
    const found = this.#waiting.get(nonce);
    this.#waiting.delete(nonce);
    for (const [other, { expireAt }] of this.#waiting) if (expireAt <= now) this.#waiting.delete(other);
    return found && found.expireAt > now ? found.directives : undefined;
  }
}

/** `Set-Cookie` lines, each name plain and with the instance's suffix. */
function cookieDirectives(call: FapiCall, origin: string): string[] {
  const session = sessionForHandshake(call);
  const token = session && signSessionToken(call.source, { session, origin });
  const changedAt = session ? Math.floor(call.client.authChangedAt / 1000) : 0;
  const browser = call.call.query.get("__clerk_db_jwt") || newId("dvb");
  const lasting = `Path=/; Max-Age=${YEAR_S}; SameSite=Lax`;
  return ["", `_${call.source.instance.cookieSuffix}`].flatMap((suffix) => [
    token ? `__session${suffix}=${token}; ${lasting}` : `__session${suffix}=; Path=/; Max-Age=0; SameSite=Lax`,
    `__client_uat${suffix}=${changedAt}; ${lasting}`,
    `__clerk_db_jwt${suffix}=${browser}; ${lasting}`,
  ]);
}

/** The active session; when the page's address names an organization of the user, that becomes the active one. */
function sessionForHandshake({ store, client, call }: FapiCall): Session | undefined {
  const session = activeSessions(store, client).find(({ id }) => id === client.lastActiveSessionId);
  const wanted = call.query.get("organization_id");
  if (!session || wanted === null) return session;
  const organization = store.findOrganization(wanted);
  if (!wanted) session.organizationId = null;
  else if (organization && store.findMembership(organization.id, session.userId))
    session.organizationId = organization.id;
  store.changed();
  return session;
}

function invalidRedirect(): ClerkError {
  return new ClerkError({
    status: 422,
    code: "invalid_redirect_url",
    message: "Redirect url invalid",
    longMessage: "The provided redirect url is not in a valid format",
  });
}
