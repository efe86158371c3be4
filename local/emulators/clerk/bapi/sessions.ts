import type { Call } from "../../kit/router.ts";
import { notFound, refused } from "../errors.ts";
import type { Handshakes } from "../fapi/handshake.ts";
import { page } from "../fapi/replies.ts";
import { endSession, renderSessionEvent } from "../sessions.ts";
import type { Session } from "../state.ts";
import type { ClerkStore } from "../store.ts";
import { CONVEX_TEMPLATE, signConvexTemplateToken, signSessionToken, type TokenSource } from "../tokens.ts";
import type { BapiRoute } from "./bapi.ts";

/** Keys, the server's half of the handshake, and sessions. */
export function addSessionRoutes(
  on: BapiRoute,
  { source, handshakes }: { source: TokenSource; handshakes: Handshakes },
): void {
  const { store, keys } = source;
  on("GET", "/jwks", () => Response.json(keys.jwks));
  on("GET", "/clients/handshake_payload", (call) => redeem({ store, handshakes, call }));
  on("GET", "/sessions", (call) => list(store, call));
  on("GET", "/sessions/:sessionId", (call) => Response.json(renderSessionEvent(named(store, call))));
  on("POST", "/sessions/:sessionId/revoke", (call) => revoke(store, call));
  on("POST", "/sessions/:sessionId/tokens", (call) => {
    const jwt = signSessionToken(source, { session: living(store, call) });
    return Response.json({ object: "token", jwt });
  });
  on("POST", "/sessions/:sessionId/tokens/:template", (call) => {
    const session = living(store, call);
    if (call.param("template") !== CONVEX_TEMPLATE) throw notFound("JWT template");
    return Response.json({ object: "token", jwt: signConvexTemplateToken(source, { session }) });
  });
}

function redeem({ store, handshakes, call }: { store: ClerkStore; handshakes: Handshakes; call: Call }): Response {
  const nonce = call.query.get("nonce") ?? "";
  const directives = handshakes.redeem(nonce, store.now());
  if (!directives) throw notFound("handshake nonce");
  return Response.json({ nonce, payload: "", directives });
}

function named(store: ClerkStore, call: Call): Session {
  const session = store.state.sessions.find(({ id }) => id === call.param("sessionId"));
  if (!session) throw notFound("session");
  return session;
}

function living(store: ClerkStore, call: Call): Session {
  const session = named(store, call);
  if (session.status !== "active" || session.expireAt <= store.now()) throw notFound("session");
  return session;
}

function list(store: ClerkStore, { query }: Call): Response {
  const userId = query.get("user_id");
  const clientId = query.get("client_id");
  const status = query.get("status");
  const sessions = store.state.sessions
    .filter((session) => userId === null || session.userId === userId)
    .filter((session) => clientId === null || session.clientId === clientId)
    .filter((session) => status === null || session.status === status)
    .toReversed();
  return Response.json(page(query, sessions.map(renderSessionEvent)));
}

function revoke(store: ClerkStore, call: Call): Response {
  const session = named(store, call);
  if (session.status !== "active")
    throw refused("invalid_action_for_session", `Unable to revoke session ${session.id}`);
  endSession({ store, session, status: "revoked" });
  return Response.json(renderSessionEvent(session));
}
