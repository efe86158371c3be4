/**
 * One socket of one client: what each of its frames does, as whom, and what it is told. A mutation runs to its end and is
 * answered before the next frame is looked at, and while a token is being verified everything behind it waits.
 */
import { AuthFailure } from "../auth/auth-failure.ts";
import { ANONYMOUS, type Authenticator, type Caller } from "../auth/caller.ts";
import type { Call, Clock, EngineCalls, Origin } from "../types.ts";
import type { FlushQueue } from "./flush-queue.ts";
import { Inbox } from "./inbox.ts";
import { Outbox, type Transport } from "./outbox.ts";
import {
  type ClientFrame,
  encodeActionResponse,
  encodeAuthError,
  encodeFatalError,
  encodeMutationResponse,
  parseClientFrame,
  ProtocolError,
  type Target,
} from "./protocol.ts";
import { QuerySet } from "./query-set.ts";
import type { Reactor } from "./reactor.ts";

export type SessionContext = {
  engine: EngineCalls;
  reactor: Reactor;
  authenticator: Authenticator;
  clock: Clock;
  flushes: FlushQueue<Session>;
  /** Runs a task in a later turn of the event loop. */
  defer: (task: () => void) => void;
  /** Hears of faults that are not the client's; the socket is closed and the client comes back. */
  report: (fault: unknown) => void;
};

/** Who is at the other end, as the request that opened the socket says. */
type Peer = Pick<Origin, "ip" | "userAgent">;

/** Actions that one socket may have under way. */
const ACTION_LIMIT = 1000;
const DROP_AFTER_MS = 120_000;

const CLOSE_POLICY = 1008;
const CLOSE_INTERNAL = 1011;
const CLOSE_TRY_AGAIN = 1013;

/** Invariant: once `#isClosed`, nothing is sent and no query is watched. */
export class Session {
  readonly #context: SessionContext;
  readonly #peer: Peer;
  readonly #transport: Transport;
  readonly #outbox: Outbox;
  readonly #queries: QuerySet;
  readonly #inbox: Inbox;
  #caller: Caller = ANONYMOUS;
  /** The caller's token was seen to run out: a clock that is set back then gives it no second life. */
  #hasExpired = false;
  #sessionId: string | null = null;
  #clockSkewMs: number | null = null;
  #querySetVersion = 0;
  #identityVersion = 0;
  #runningActions = 0;
  #isClosed = false;
  /** Something changed that the client has not been told. */
  #isUpdateDue = false;
  #heardAt: number;

  constructor(transport: Transport, context: SessionContext, peer: Peer) {
    this.#peer = peer;
    this.#transport = transport;
    this.#context = context;
    this.#outbox = new Outbox(transport, context.clock, () => this.#catchUp());
    this.#inbox = new Inbox({
      apply: (frame) => this.#apply(frame),
      canGoOn: () => this.#canGoOn(),
      fail: (error) => this.#fail(error),
    });
    this.#queries = new QuerySet(context.reactor, () => this.#scheduleUpdate());
    this.#heardAt = context.clock.now();
  }

  /** Takes one text frame. Never throws: whatever goes wrong ends this socket at most. */
  receive(text: string): void {
    if (this.#isClosed) return;
    this.hear();
    this.#guard(() => {
      if (this.#inbox.add(parseClientFrame(text))) this.#inbox.pump();
      else this.#end(CLOSE_TRY_AGAIN, "TooManyConcurrentMutations");
    });
  }

  /** Any sign of life of the peer, a pong included. */
  hear(): void {
    this.#heardAt = this.#context.clock.now();
    this.#noticeExpiry();
  }

  /** To be called every few seconds: keeps the line alive and drops a peer that went silent. */
  tick(): void {
    this.#noticeExpiry();
    // A clock that was set back must not keep a dead peer for as long.
    this.#heardAt = Math.min(this.#heardAt, this.#context.clock.now());
    if (this.#context.clock.now() - this.#heardAt <= DROP_AFTER_MS) {
      this.#outbox.keepAlive();
      return;
    }
    this.close();
    this.#transport.terminate();
  }

  /** Brings the client up to date in one Transition, unless it still has to take the one before. */
  flush(): void {
    if (this.#isClosed || !this.#isUpdateDue || !this.#outbox.canTakeTransition) return;
    this.#guard(() => {
      if (!this.#refuseExpired()) this.#sendTransition();
    });
  }

  /** Forgets everything the client watches. The transport is left to whoever closes it. */
  close(): void {
    this.#isClosed = true;
    this.#inbox.clear();
    this.#queries.close();
    this.#context.flushes.delete(this);
  }

  /** Nothing new is done for a peer that does not take what there is. */
  #canGoOn(): boolean {
    if (this.#outbox.isBacklogged) this.#outbox.pauseReading();
    return !this.#outbox.isBacklogged;
  }

  #apply(frame: ClientFrame): Promise<void> | undefined {
    switch (frame.type) {
      case "Connect":
        this.#connect(frame);
        return;
      case "Authenticate":
        return this.#authenticate(frame);
      case "ModifyQuerySet":
        this.#modifyQuerySet(frame);
        return;
      case "Mutation":
        return this.#mutate(frame);
      case "Action":
        this.#act(frame);
        return;
      case "Event":
        return;
    }
  }

  #connect({ sessionId, maxObservedTimestamp, clientTimeMs }: Extract<ClientFrame, { type: "Connect" }>): void {
    this.#sessionId = sessionId;
    this.#clockSkewMs = clientTimeMs === null ? null : clientTimeMs - Math.round(this.#context.clock.now());
    // A client that has seen the future of this store would see time run backwards.
    if (maxObservedTimestamp !== null && maxObservedTimestamp > this.#context.engine.latestTimestamp()) {
      this.#end(CLOSE_INTERNAL, "InternalServerError");
    }
  }

  async #authenticate({ baseVersion, token }: Extract<ClientFrame, { type: "Authenticate" }>): Promise<void> {
    requireBaseVersion(baseVersion, this.#identityVersion);
    const { authenticator } = this.#context;
    // An issuer may take its time to give its keys: what is sent meanwhile waits in the socket, not in our memory.
    this.#outbox.pauseReading();
    try {
      const next =
        token.kind === "None"
          ? ANONYMOUS
          : token.kind === "User"
            ? await authenticator.user(token.value)
            : authenticator.admin(token.value, token.actingAs);
      this.#become(next);
    } catch (error) {
      if (!(error instanceof AuthFailure)) throw error;
      this.#endWithAuthError(error, true);
    } finally {
      this.#outbox.resumeReading();
    }
  }

  #become(next: Caller): void {
    if (this.#isClosed) return;
    const previous = this.#caller;
    this.#caller = next;
    this.#hasExpired = false;
    this.#identityVersion += 1;
    if (previous.isAdmin !== next.isAdmin) this.#queries.refreshAll();
    else if (JSON.stringify(previous.identity) !== JSON.stringify(next.identity))
      this.#queries.refreshIdentityReaders();
    this.#scheduleUpdate();
  }

  #modifyQuerySet(frame: Extract<ClientFrame, { type: "ModifyQuerySet" }>): void {
    if (this.#refuseExpired()) return;
    requireBaseVersion(frame.baseVersion, this.#querySetVersion);
    for (const change of frame.modifications) {
      if (change.type === "Add") this.#requireReachable(change.target);
      this.#queries.apply(change);
    }
    this.#querySetVersion = frame.newVersion;
    this.#scheduleUpdate();
  }

  /** Other sockets get their turn before the next frame. */
  #mutate({ requestId, target }: Extract<ClientFrame, { type: "Mutation" }>): Promise<void> | undefined {
    if (this.#refuseExpired()) return;
    const request = this.#sessionId === null ? undefined : { sessionId: this.#sessionId, requestId };
    const result = this.#context.engine.runMutation(this.#callOf(target), request);
    this.#send(encodeMutationResponse(requestId, result));
    // The client's promise waits for a Transition that covers the commit, even one that says nothing new.
    this.#scheduleUpdate();
    return this.#inbox.isEmpty ? undefined : new Promise((resolve) => this.#context.defer(() => resolve()));
  }

  #act({ requestId, target }: Extract<ClientFrame, { type: "Action" }>): void {
    if (this.#refuseExpired()) return;
    if (this.#runningActions >= ACTION_LIMIT) return this.#end(CLOSE_TRY_AGAIN, "TooManyConcurrentActions");
    const call = this.#callOf(target);
    this.#runningActions += 1;
    const answer = async () => {
      const result = await this.#context.engine.runAction(call);
      this.#runningActions -= 1;
      this.#send(encodeActionResponse(requestId, result));
      this.#scheduleUpdate();
    };
    answer().catch((error: unknown) => this.#fail(error));
  }

  #callOf(target: Target): Call {
    this.#requireReachable(target);
    const { identity, isAdmin, token: authToken } = this.#caller;
    return { ...target, identity, publicOnly: !isAdmin, origin: { ...this.#peer, authToken } };
  }

  #requireReachable({ component }: Target): void {
    if (component === "" || this.#caller.isAdmin) return;
    throw new ProtocolError("Only admin or system users can call functions on non-root components directly");
  }

  /** True when the caller's token has run out, in which case the socket is closed. */
  #refuseExpired(): boolean {
    this.#noticeExpiry();
    if (this.#hasExpired) {
      this.#endWithAuthError(new AuthFailure("Unauthenticated", "Convex token identity expired"), false);
    }
    return this.#hasExpired;
  }

  #noticeExpiry(): void {
    const { expiresAt } = this.#caller;
    this.#hasExpired ||= expiresAt !== null && this.#context.clock.now() >= expiresAt;
  }

  #scheduleUpdate(): void {
    if (this.#isClosed) return;
    this.#isUpdateDue = true;
    if (this.#outbox.canTakeTransition) this.#context.flushes.add(this);
  }

  #sendTransition(): void {
    this.#isUpdateDue = false;
    const timestamp = this.#context.engine.latestTimestamp();
    const modifications = this.#queries.collectModifications(this.#caller);
    const end = { querySet: this.#querySetVersion, timestamp, identity: this.#identityVersion };
    this.#outbox.sendTransition(end, modifications, this.#clockSkewMs);
  }

  /** The peer took something: go on where its backlog had stopped us. */
  #catchUp(): void {
    if (this.#isClosed) return;
    if (this.#isUpdateDue) this.#scheduleUpdate();
    this.#guard(() => this.#inbox.pump());
  }

  #send(text: string): void {
    if (!this.#isClosed) this.#outbox.send(text);
  }

  #guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    if (this.#isClosed) return;
    if (error instanceof ProtocolError) {
      this.#send(encodeFatalError(error.message));
      this.#end(CLOSE_POLICY, "BadRequest");
      return;
    }
    this.#context.report(error);
    this.#end(CLOSE_INTERNAL, "InternalServerError");
  }

  #endWithAuthError({ code, message }: AuthFailure, authUpdateAttempted: boolean): void {
    this.#send(encodeAuthError(message, this.#identityVersion, authUpdateAttempted));
    this.#end(CLOSE_POLICY, code);
  }

  #end(code: number, reason: string): void {
    this.close();
    this.#transport.close(code, reason);
  }
}

function requireBaseVersion(given: number, current: number): void {
  if (given === current) return;
  throw new ProtocolError(`Base version ${given} passed up doesn't match the current version ${current}`);
}
