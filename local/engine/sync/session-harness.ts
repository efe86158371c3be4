/** One session on a socket that the test plays: it decides when the peer reads and when the event loop turns. */
import { AuthFailure } from "../auth/auth-failure.ts";
import { type Authenticator, createAuthenticator } from "../auth/caller.ts";
import type { Identity, Json, JsonObject } from "../types.ts";
import { FlushQueue } from "./flush-queue.ts";
import type { Transport } from "./outbox.ts";
import { Reactor } from "./reactor.ts";
import { Session } from "./session.ts";
import { TestEngine, type TestFunction } from "./test-engine.ts";
import { TEST_FUNCTIONS } from "./test-functions.ts";

export const ADMIN_KEY = "admin|key";
/** A token that expires a minute after the harness began; any other word is a user without end, "bad…" is refused. */
export const SHORT_LIVED = "short-lived";

/** A peer that reads at once unless it is told to stop. */
class PlayedSocket implements Transport {
  readonly texts: string[] = [];
  readonly #unread: (() => void)[] = [];
  closedWith: { code: number; reason: string } | null = null;
  isReadingPaused = false;
  isTerminated = false;
  isSlow = false;
  pings = 0;
  unreadBytes = 0;

  readonly send = (text: string, onWritten: () => void): void => {
    this.texts.push(text);
    this.unreadBytes += text.length;
    this.#unread.push(() => {
      this.unreadBytes -= text.length;
      onWritten();
    });
  };
  readonly bufferedAmount = (): number => this.unreadBytes;
  readonly pauseReading = (): void => void (this.isReadingPaused = true);
  readonly resumeReading = (): void => void (this.isReadingPaused = false);
  readonly ping = (): void => void (this.pings += 1);
  readonly close = (code: number, reason: string): void => void (this.closedWith ??= { code, reason });
  readonly terminate = (): void => void (this.isTerminated = true);

  /** Reads everything that is waiting; true when there was something. */
  read(): boolean {
    const waiting = this.#unread.splice(0);
    for (const take of waiting) take();
    return waiting.length > 0;
  }
}

export function startSession(functions: Readonly<Record<string, TestFunction>> = {}) {
  const clock = { time: 1_000_000, now: () => clock.time };
  const engine = new TestEngine({ ...TEST_FUNCTIONS, ...functions }, { clock });
  const faults: unknown[] = [];
  const turns: (() => void)[] = [];
  const defer = (task: () => void): void => void turns.push(task);
  const flushes = new FlushQueue<Session>({
    flush: (session) => session.flush(),
    defer,
    sliceMs: 0,
    now: () => 0,
  });
  const reactor = new Reactor(engine);
  const report = (fault: unknown): void => void faults.push(fault);
  const context = { engine, reactor, authenticator: playedAuthenticator(clock.time), clock, flushes, defer, report };

  function open() {
    const socket = new PlayedSocket();
    const session = new Session(socket, context, { ip: null, userAgent: null });
    const frames = (): JsonObject[] => socket.texts.map((text) => JSON.parse(text));
    const send = (...sent: Json[]): void => sent.forEach((frame) => session.receive(JSON.stringify(frame)));
    return { socket, session, frames, send, types: () => frames().map(({ type }) => type) };
  }

  const first = open();
  const sockets = [first.socket];
  /** Turns the event loop until nothing moves any more. */
  async function settle(): Promise<void> {
    for (let quiet = 0; quiet < 3;) {
      await Promise.resolve();
      const turn = turns.shift();
      turn?.();
      const hasRead = sockets.some((socket) => !socket.isSlow && socket.read());
      quiet = turn || hasRead ? 0 : quiet + 1;
    }
  }
  const another = () => {
    const opened = open();
    sockets.push(opened.socket);
    return opened;
  };
  return { ...first, another, settle, engine, clock, faults, reactor, turns };
}

function playedAuthenticator(startedAt: number): Authenticator {
  const verify = async (token: string) => {
    if (token.startsWith("bad")) throw new AuthFailure("Unauthenticated", `${token} does not verify`);
    if (token === "fault") throw new TypeError("not the caller's fault");
    const identity: Identity = { tokenIdentifier: `i|${token}`, issuer: "i", subject: token };
    return { identity, expiresAt: token === SHORT_LIVED ? startedAt + 60_000 : Number.MAX_SAFE_INTEGER };
  };
  return createAuthenticator({ verifier: { verify }, adminKey: ADMIN_KEY });
}

// ---- Frames as the official client sends them ----

export const connect = (more: JsonObject = {}): JsonObject => ({
  type: "Connect",
  sessionId: "0d0c5c0e-0000-4000-8000-000000000001",
  connectionCount: 0,
  lastCloseReason: "InitialConnect",
  clientTs: 1_000_000,
  ...more,
});

export const mutation = (requestId: number, udfPath: string, args: JsonObject): JsonObject => ({
  type: "Mutation",
  requestId,
  udfPath,
  args: [args],
});

export const say = (requestId: number, body: string, channel = "a"): JsonObject =>
  mutation(requestId, "messages:send", { channel, body });

export const watch = (queryId: number, udfPath: string, args: JsonObject, more: JsonObject = {}): JsonObject => ({
  type: "ModifyQuerySet",
  baseVersion: queryId,
  newVersion: queryId + 1,
  modifications: [{ type: "Add", queryId, udfPath, args: [args], ...more }],
});

export const signIn = (baseVersion: number, value: string): JsonObject => ({
  type: "Authenticate",
  tokenType: "User",
  value,
  baseVersion,
});
