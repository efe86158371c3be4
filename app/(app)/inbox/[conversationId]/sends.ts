import type { Id } from "@/convex/_generated/dataModel";
import type { Quoted } from "./drafts.ts";

/** So long a message can be taken back for certain; the server holds it for as long. */
export const undoMs = 5000;

export type Send = {
  /** Our own name of the message: the row that shows at once and the server's row both carry it. */
  clientId: string;
  text: string;
  quoted: Quoted | null;
  /** Epoch ms by the clock of this machine. */
  sentAt: number;
};

type Noted = { send: Send; stored: Promise<Id<"messages">> | null };

const limit = 200;

/** What this page sent lately, by `clientId`: a reload forgets it, the server does not. */
export class Sends {
  readonly #noted = new Map<string, Noted>();

  note(send: Send): void {
    this.#noted.set(send.clientId, { send, stored: null });
    const [oldest] = this.#noted.keys();
    if (this.#noted.size > limit && oldest !== undefined) this.#noted.delete(oldest);
  }

  /** `stored` is the server's name of the message, once it has it. */
  await(clientId: string, stored: Promise<Id<"messages">>): void {
    const noted = this.#noted.get(clientId);
    if (noted !== undefined) noted.stored = stored;
  }

  find(clientId: string | null): Send | null {
    return clientId === null ? null : (this.#noted.get(clientId)?.send ?? null);
  }

  /** Null for what this page did not send. */
  stored(clientId: string | null): Promise<Id<"messages">> | null {
    return clientId === null ? null : (this.#noted.get(clientId)?.stored ?? null);
  }
}

export const sends = new Sends();

/** Whole seconds that are left to take a message back; 0 when it leaves. */
export function secondsLeft(sentAt: number, now: number): number {
  return Math.min(undoMs / 1000, Math.max(0, Math.ceil((sentAt + undoMs - now) / 1000)));
}
