/** What leaves a socket, and how much of it may wait for a peer that is slow to read. */
import type { Clock } from "../types.ts";
import { encodeTransition, PING_FRAME, splitTransition, type StateVersion } from "./protocol.ts";

/** The socket as a session sees it. Nothing here throws, a closed socket included. */
export type Transport = {
  /** `onWritten` is called once the text has left our memory, or never will; never during the call. */
  send: (text: string, onWritten: () => void) => void;
  /** Bytes that the peer has not taken yet. */
  bufferedAmount: () => number;
  pauseReading: () => void;
  resumeReading: () => void;
  ping: () => void;
  close: (code: number, reason: string) => void;
  /** Ends the connection without saying goodbye. */
  terminate: () => void;
};

/** A peer that leaves more than this unread gets nothing new, and is not listened to, until it has caught up. */
const BACKLOG_LIMIT_BYTES = 1024 * 1024;
const PING_AFTER_MS = 15_000;

/** Invariants: a Transition starts at the version that the one before it ended at; one at a time is in our memory. */
export class Outbox {
  readonly #transport: Transport;
  readonly #clock: Clock;
  readonly #onRelief: () => void;
  #sent: StateVersion = { querySet: 0, timestamp: 0n, identity: 0 };
  #transitionCount = 0;
  #isTransitionInFlight = false;
  #isReadingPaused = false;
  #spokeAt: number;

  /** `onRelief` is called when the peer has taken something and there is room for more. */
  constructor(transport: Transport, clock: Clock, onRelief: () => void) {
    this.#transport = transport;
    this.#clock = clock;
    this.#onRelief = onRelief;
    this.#spokeAt = clock.now();
  }

  get isBacklogged(): boolean {
    return this.#transport.bufferedAmount() > BACKLOG_LIMIT_BYTES;
  }

  get canTakeTransition(): boolean {
    return !this.#isTransitionInFlight && !this.isBacklogged;
  }

  send(text: string, onWritten?: () => void): void {
    this.#spokeAt = this.#clock.now();
    this.#transport.send(text, () => {
      onWritten?.();
      this.#relieve();
    });
  }

  /** Only while `canTakeTransition`. A large one leaves in pieces, with nothing in between. */
  sendTransition(end: StateVersion, modifications: readonly string[], clockSkewMs: number | null): void {
    const text = encodeTransition({ start: this.#sent, end, modifications, clockSkewMs });
    this.#sent = end;
    this.#transitionCount += 1;
    this.#isTransitionInFlight = true;
    const frames = splitTransition(text, String(this.#transitionCount));
    const last = frames.length - 1;
    frames.forEach((frame, part) => this.send(frame, part === last ? () => this.#transitionLeft() : undefined));
  }

  /** Stops listening to the peer, until the next relief at the latest. */
  pauseReading(): void {
    if (this.#isReadingPaused) return;
    this.#isReadingPaused = true;
    this.#transport.pauseReading();
  }

  /** Listens again, unless the peer has to catch up first. */
  resumeReading(): void {
    if (!this.#isReadingPaused || this.isBacklogged) return;
    this.#isReadingPaused = false;
    this.#transport.resumeReading();
  }

  /** Pings the socket, and after a silence the client too, which cannot see the socket's own pings. */
  keepAlive(): void {
    this.#transport.ping();
    // A clock that was set back must not make it silent for as long.
    this.#spokeAt = Math.min(this.#spokeAt, this.#clock.now());
    const isSilent = this.#clock.now() - this.#spokeAt >= PING_AFTER_MS;
    if (isSilent && !this.#isTransitionInFlight) this.send(PING_FRAME);
  }

  #transitionLeft(): void {
    this.#isTransitionInFlight = false;
  }

  #relieve(): void {
    if (this.isBacklogged) return;
    this.resumeReading();
    this.#onRelief();
  }
}
