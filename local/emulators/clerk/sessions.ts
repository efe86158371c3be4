import { newId } from "./ids.ts";
import type { Client, Session, User } from "./state.ts";
import type { ClerkStore } from "./store.ts";

const SESSION_LIFETIME_MS = 7 * 24 * 60 * 60 * 1000;

/** Signs a user in on a client. There is one session a client: an earlier one is replaced. The user's first organization becomes active. */
export function startSession({ store, client, user }: { store: ClerkStore; client: Client; user: User }): Session {
  for (const session of activeSessions(store, client)) closeSession({ store, session, status: "replaced" });
  const now = store.now();
  const session: Session = {
    id: newId("sess"),
    clientId: client.id,
    userId: user.id,
    status: "active",
    organizationId: store.membershipsOfUser(user.id)[0]?.organizationId ?? null,
    lastActiveAt: now,
    expireAt: now + SESSION_LIFETIME_MS,
    createdAt: now,
    updatedAt: now,
  };
  store.state.sessions.push(session);
  user.lastSignInAt = now;
  client.lastActiveSessionId = session.id;
  client.authChangedAt = now;
  client.updatedAt = now;
  store.changed();
  store.emit("session.created", renderSessionEvent(session));
  return session;
}

/** Ends a session: `ended` and `removed` by its user, `revoked` by the application. */
export function endSession({
  store,
  session,
  status,
}: {
  store: ClerkStore;
  session: Session;
  status: "ended" | "removed" | "revoked";
}): void {
  closeSession({ store, session, status });
  const client = store.state.clients.find((candidate) => candidate.id === session.clientId);
  if (client) {
    if (client.lastActiveSessionId === session.id) client.lastActiveSessionId = null;
    client.authChangedAt = store.now();
    client.updatedAt = store.now();
  }
  store.changed();
  store.emit(`session.${status}`, renderSessionEvent(session));
}

/** The client's living sessions; one whose time is over is marked expired first. */
export function activeSessions(store: ClerkStore, client: Client): Session[] {
  const sessions = store.state.sessions.filter(
    (session) => session.clientId === client.id && session.status === "active",
  );
  for (const session of sessions)
    if (session.expireAt <= store.now()) closeSession({ store, session, status: "expired" });
  return sessions.filter((session) => session.status === "active");
}

function closeSession({
  store,
  session,
  status,
}: {
  store: ClerkStore;
  session: Session;
  status: Session["status"];
}): void {
  session.status = status;
  session.updatedAt = store.now();
  store.changed();
}

/** A session as webhooks and the Backend API send it. */
export function renderSessionEvent(session: Session) {
  return {
    object: "session",
    id: session.id,
    client_id: session.clientId,
    user_id: session.userId,
    status: session.status,
    last_active_organization_id: session.organizationId,
    last_active_at: session.lastActiveAt,
    expire_at: session.expireAt,
    abandon_at: session.expireAt,
    created_at: session.createdAt,
    updated_at: session.updatedAt,
  };
}
