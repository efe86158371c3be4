import type { Call, Router } from "../../kit/router.ts";
import { ClerkError, missingPermission, organizationNotFoundOrUnauthorized, signedOut } from "../errors.ts";
import { newId } from "../ids.ts";
import { roleHas } from "../roles.ts";
import { activeSessions } from "../sessions.ts";
import type { Client, Session } from "../state.ts";
import type { TokenSource } from "../tokens.ts";

export type FapiOptions = TokenSource & { router: Router; secretKey: string };

const YEAR_S = 31_536_000;

/** One call to the Frontend API: the browser's client, the form that was posted, and what may be answered. */
export class FapiCall {
  readonly call: Call;
  readonly source: TokenSource;
  readonly form: URLSearchParams;
  readonly client: Client;
  /** Origin of the app that the browser is on, as the proxy or the browser tells. */
  readonly origin: string | undefined;

  constructor(call: Call, source: TokenSource) {
    this.call = call;
    this.source = source;
    this.form = new URLSearchParams(call.text());
    this.client = findClient(call, source) ?? draftClient(source);
    this.origin = appOrigin(call.headers);
  }

  get store() {
    return this.source.store;
  }

  /** A field of the form, trimmed of nothing; undefined when it is absent or empty. */
  field(name: string): string | undefined {
    return this.form.get(name) || undefined;
  }

  /** Remembers the client, so that the browser is known by its cookie from now on. */
  keepClient(): Client {
    const { clients } = this.store.state;
    if (!clients.includes(this.client)) clients.push(this.client);
    this.client.updatedAt = this.store.now();
    this.store.changed();
    return this.client;
  }

  /** Clerk's cookie of the browser, once the client is worth remembering. */
  cookies(): string[] {
    if (!this.store.state.clients.includes(this.client)) return [];
    const { clientCookie } = this.source.instance;
    return [`${clientCookie}=${this.client.token}; HttpOnly; Max-Age=${YEAR_S}; Path=/; SameSite=Lax`];
  }

  /** The session that the call is made in. Throws Clerk's 401 when there is none. */
  requireSession(id = this.call.query.get("_clerk_session_id") ?? this.client.lastActiveSessionId): Session {
    const session = activeSessions(this.store, this.client).find((candidate) => candidate.id === id);
    if (!session) throw signedOut();
    return session;
  }

  requireUser() {
    return this.store.requireUser(this.requireSession().userId);
  }

  /** The caller's membership in the organization of the path. Throws Clerk's 404 for strangers, its 403 when `permission` is lacking. */
  requireMember(permission?: string) {
    const user = this.requireUser();
    const organization = this.store.findOrganization(this.call.param("organizationId"));
    const membership = organization && this.store.findMembership(organization.id, user.id);
    if (!membership) throw organizationNotFoundOrUnauthorized();
    if (permission && !roleHas(membership.role, permission)) throw missingPermission(permission);
    return { user, organization, membership };
  }
}

/** Registers Frontend API routes. */
export type FapiRoute = (
  method: string,
  pattern: string,
  run: (call: FapiCall) => Response | Promise<Response>,
) => void;

/** How every Frontend API route is wrapped: proxied calls must carry our secret key, and the browser's cookie is set. */
export function fapiRoute({ router, secretKey, ...source }: FapiOptions): FapiRoute {
  return (method, pattern, run) =>
    router.on(method, pattern, async (call) => {
      requireProxySecret(call.headers, secretKey);
      const fapiCall = new FapiCall(call, source);
      const response = await run(fapiCall);
      for (const cookie of fapiCall.cookies()) response.headers.append("set-cookie", cookie);
      response.headers.set("cache-control", "no-store");
      return response;
    });
}

function requireProxySecret(headers: Headers, secretKey: string): void {
  const given = headers.get("clerk-secret-key");
  if (given === null || given === secretKey) return;
  throw new ClerkError({
    status: 401,
    code: "proxy_request_invalid_secret_key",
    message: "invalid secret key",
    longMessage: "The secret key given with this proxy request is invalid.",
  });
}

function findClient(call: Call, { store, instance }: TokenSource): Client | undefined {
  const token = readCookie(call.headers, instance.clientCookie);
  return token ? store.state.clients.find((client) => client.token === token) : undefined;
}

function readCookie(headers: Headers, name: string): string | undefined {
  const pairs = (headers.get("cookie") ?? "").split(/;\s*/);
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

function draftClient({ store }: TokenSource): Client {
  const now = store.now();
  return {
    id: newId("client"),
    token: newId("clienttoken"),
    signIn: null,
    signUp: null,
    lastActiveSessionId: null,
    authChangedAt: now,
    createdAt: now,
    updatedAt: now,
  };
}

function appOrigin(headers: Headers): string | undefined {
  const proxyUrl = headers.get("clerk-proxy-url");
  if (proxyUrl && URL.canParse(proxyUrl)) return new URL(proxyUrl).origin;
  return headers.get("origin") ?? undefined;
}
