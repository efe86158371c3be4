import { renderEnvironment } from "../environment.ts";
import { notFound } from "../errors.ts";
import { newId } from "../ids.ts";
import { activeSessions, endSession } from "../sessions.ts";
import { CONVEX_TEMPLATE, signConvexTemplateToken, signSessionToken } from "../tokens.ts";
import type { FapiCall, FapiRoute } from "./fapi.ts";
import type { Handshakes } from "./handshake.ts";
import { renderClient, renderSession, reply, replyChanged } from "./replies.ts";

/** The browser's client and its sessions: reading, switching the organization, tokens, signing out. */
export function addClientRoutes(on: FapiRoute, handshakes: Handshakes): void {
  on("GET", "/v1/environment", () => Response.json(renderEnvironment()));
  on("PATCH", "/v1/environment", () => Response.json(renderEnvironment()));
  on("POST", "/v1/dev_browser", () => Response.json({ object: "dev_browser", id: newId("dvb") }));
  on("GET", "/v1/client", (call) => reply(renderClient(call)));
  on("PUT", "/v1/client", (call) => {
    call.keepClient();
    return reply(renderClient(call));
  });
  on("DELETE", "/v1/client", (call) => signOutEverywhere(call));
  on("GET", "/v1/client/handshake", (call) => handshakes.begin(call));
  on("GET", "/v1/client/touch", (call) => Response.redirect(call.call.query.get("redirect_url") ?? "", 307));
  on("DELETE", "/v1/client/sessions", (call) => signOutEverywhere(call));
  on("GET", "/v1/client/sessions/:sessionId", (call) => reply(renderSession(call, findSession(call))));
  on("POST", "/v1/client/sessions/:sessionId/touch", (call) => touch(call));
  on("POST", "/v1/client/sessions/:sessionId/end", (call) => signOut(call, "ended"));
  on("POST", "/v1/client/sessions/:sessionId/remove", (call) => signOut(call, "removed"));
  on("POST", "/v1/client/sessions/:sessionId/tokens", (call) => sessionToken(call));
  on("POST", "/v1/client/sessions/:sessionId/tokens/:template", (call) => templateToken(call));
}

function findSession(call: FapiCall) {
  const session = activeSessions(call.store, call.client).find(({ id }) => id === call.call.param("sessionId"));
  if (!session) throw notFound("session");
  return session;
}

/** Marks the session as used; with `active_organization_id` this is how the browser changes the organization ("" is none). */
function touch(call: FapiCall): Response {
  const session = findSession(call);
  const wanted = call.form.get("active_organization_id");
  if (wanted !== null) {
    const organization = call.store.findOrganization(wanted);
    if (wanted && !(organization && call.store.findMembership(organization.id, session.userId)))
      throw notFound("organization");
    session.organizationId = organization?.id ?? null;
  }
  session.lastActiveAt = call.store.now();
  session.updatedAt = call.store.now();
  call.keepClient().lastActiveSessionId = session.id;
  return replyChanged(call, renderSession(call, session));
}

function signOut(call: FapiCall, status: "ended" | "removed"): Response {
  const session = findSession(call);
  const last = renderSession(call, session);
  endSession({ store: call.store, session, status });
  return replyChanged(call, { ...last, status });
}

function signOutEverywhere(call: FapiCall): Response {
  for (const session of activeSessions(call.store, call.client))
    endSession({ store: call.store, session, status: "removed" });
  call.client.signIn = null;
  call.client.signUp = null;
  return replyChanged(call, renderClient(call));
}

/** A fresh session token; `organization_id` names the organization that this tab is on, whatever the session's active one is. */
function sessionToken(call: FapiCall): Response {
  const session = call.requireSession(call.call.param("sessionId"));
  const wanted = call.form.get("organization_id");
  const organizationId = wanted === null ? session.organizationId : wanted || null;
  const jwt = signSessionToken(call.source, { session: { ...session, organizationId }, origin: call.origin });
  return Response.json({ object: "token", jwt });
}

function templateToken(call: FapiCall): Response {
  const session = call.requireSession(call.call.param("sessionId"));
  if (call.call.param("template") !== CONVEX_TEMPLATE) throw notFound("JWT template");
  return Response.json({
    object: "token",
    jwt: signConvexTemplateToken(call.source, { session, origin: call.origin }),
  });
}
