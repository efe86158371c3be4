import type { WebhookSecrets } from "@/lib/connectors/types.ts";

/** Rotation overlaps are longer than this, so a secret that is kept too long is still one that is good. */
const KEPT_MS = 60_000;
const MOST = 1_000;

/** A connection as the route verifies for it, secrets in the clear; in memory only. */
export type KnownConnection<Id = string> = {
  account: string | null;
  secrets: WebhookSecrets;
  /** Which rows the secrets came from: the mutation looks at them again. */
  secretIds: { current: Id; previous?: Id };
};

/**
 * Spares a query and two decryptions for each webhook of a busy connection. Only what exists is kept: an unknown
 * connection is asked for each time, so that one that was just made is found.
 */
export class KnownConnections<Known> {
  readonly #kept = new Map<string, { known: Known; until: number }>();

  async find(key: string, { now, load }: { now: number; load: () => Promise<Known | null> }): Promise<Known | null> {
    const kept = this.#kept.get(key);
    if (kept !== undefined && kept.until > now) return kept.known;
    const known = await load();
    if (known === null) this.#kept.delete(key);
    else this.#keep(key, { known, until: now + KEPT_MS });
    return known;
  }

  /**
   * Finds the connection and verifies for it. When what is kept does not do, it is asked for again: its secret may have
   * been replaced within the minute, and a provider that is refused once does not come again.
   */
  async verify<V extends { ok: boolean }>(
    key: string,
    given: { now: number; load: () => Promise<Known | null>; verify: (known: Known) => Promise<V> },
  ): Promise<{ known: Known; verification: V } | null> {
    const { now, verify } = given;
    const known = await this.find(key, given);
    if (known === null) return null;
    const verification = await verify(known);
    const isFresh = this.#kept.get(key)?.until === now + KEPT_MS;
    if (verification.ok || isFresh) return { known, verification };
    this.forget(key);
    const current = await this.find(key, given);
    return current === null ? null : { known: current, verification: await verify(current) };
  }

  forget(key: string): void {
    this.#kept.delete(key);
  }

  #keep(key: string, entry: { known: Known; until: number }): void {
    this.#kept.delete(key); // to the end: the first is the oldest
    this.#kept.set(key, entry);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST && oldest !== undefined) this.#kept.delete(oldest);
  }
}
