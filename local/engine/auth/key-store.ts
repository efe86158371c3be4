/**
 * Public keys of the issuers. A set is fetched when it is first needed, again when it is old, and again when a token
 * names a key that is not in it (issuers rotate). Anyone can invent a key name, so that unknown ones make one request in
 * a while, whatever comes. While an issuer is down its known keys stay good; without any, callers get a clear error.
 */
import { createLocalJWKSet, errors, type CryptoKey, type FlattenedJWSInput, type JWSHeaderParameters } from "jose";
import { asObject } from "../json.ts";
import type { Clock, Json } from "../types.ts";
import { AuthFailure } from "./auth-failure.ts";
import { canonicalIssuer } from "./issuers.ts";

/** Keys lie at `jwksUrl` (http, https or data), or where the issuer's OpenID configuration says. */
export type KeySource = { issuer: string; jwksUrl?: string };

type KeySet = { find: ReturnType<typeof createLocalJWKSet>; fetchedAt: number };
type Slot = {
  current: KeySet | null;
  pending: Promise<KeySet> | null;
  attemptedAt: number;
  /** When an unknown key name last made a request. */
  soughtAt: number;
  /** Of the last attempt, when that failed. */
  failure: AuthFailure | null;
};

/** Between requests for unknown keys, and between those for a set that is old. */
const COOLDOWN_MS = 10_000;
/** Between attempts at an issuer without any keys yet. */
const RETRY_MS = 1_000;
const MAX_AGE_MS = 10 * 60_000;
const FETCH_TIMEOUT_MS = 10_000;

/** Invariant: at most one request per key set is under way. */
export class KeyStore {
  readonly #clock: Clock;
  readonly #fetch: typeof fetch;
  readonly #slots = new Map<string, Slot>();

  constructor(options: { clock: Clock; fetch: typeof fetch }) {
    this.#clock = options.clock;
    this.#fetch = options.fetch;
  }

  /** Rejects with jose's errors when the set has no such key, with `AuthFailure` when there is no set. */
  async findKey(source: KeySource, header: JWSHeaderParameters, token: FlattenedJWSInput): Promise<CryptoKey> {
    const slot = this.#slotOf(source);
    const keys = await this.#currentKeys(slot, source);
    try {
      return await keys.find(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      // Who comes while the keys are being fetched waits for them like the one who made that happen.
      if (slot.pending === null && this.#isWithin(COOLDOWN_MS, slot.soughtAt)) throw error;
      if (slot.pending === null) slot.soughtAt = this.#clock.now();
      return (await this.#refresh(slot, source)).find(header, token);
    }
  }

  #slotOf(source: KeySource): Slot {
    const name = source.jwksUrl ?? source.issuer;
    const slot = this.#slots.get(name) ?? { ...UNTOUCHED };
    this.#slots.set(name, slot);
    return slot;
  }

  async #currentKeys(slot: Slot, source: KeySource): Promise<KeySet> {
    const { current, failure, attemptedAt } = slot;
    if (current === null) {
      if (failure !== null && this.#isWithin(RETRY_MS, attemptedAt)) throw failure;
      return this.#refresh(slot, source);
    }
    if (this.#isWithin(MAX_AGE_MS, current.fetchedAt) || this.#isWithin(COOLDOWN_MS, attemptedAt)) return current;
    return this.#refresh(slot, source).catch(() => current);
  }

  /** Callers who need the same set at once share one request. */
  async #refresh(slot: Slot, source: KeySource): Promise<KeySet> {
    slot.pending ??= this.#attempt(slot, source);
    return slot.pending;
  }

  async #attempt(slot: Slot, source: KeySource): Promise<KeySet> {
    slot.attemptedAt = this.#clock.now();
    slot.failure = null;
    try {
      slot.current = await this.#load(source);
      return slot.current;
    } catch (error) {
      slot.failure = error instanceof AuthFailure ? error : null;
      throw error;
    } finally {
      slot.pending = null;
    }
  }

  async #load(source: KeySource): Promise<KeySet> {
    const jwksUrl = source.jwksUrl ?? (await discoverJwksUrl(source.issuer, this.#fetch));
    return { find: toKeySet(await fetchJson(jwksUrl, this.#fetch), jwksUrl), fetchedAt: this.#clock.now() };
  }

  #isWithin(durationMs: number, since: number): boolean {
    return this.#clock.now() - since < durationMs;
  }
}

const UNTOUCHED: Slot = { current: null, pending: null, attemptedAt: -Infinity, soughtAt: -Infinity, failure: null };

/** jose checks the shape itself. */
function toKeySet(json: Json, url: string): KeySet["find"] {
  try {
    return createLocalJWKSet(JSON.parse(JSON.stringify(json)));
  } catch {
    throw unreachable(url, "it is not a JWKS");
  }
}

/** Whoever answers at an issuer's address must say that it is that issuer: else its keys are somebody else's. */
async function discoverJwksUrl(issuer: string, fetch: typeof globalThis.fetch): Promise<string> {
  const url = `${issuer}/.well-known/openid-configuration`;
  const { issuer: named, jwks_uri: jwksUrl } = asObject(await fetchJson(url, fetch)) ?? {};
  if (typeof named !== "string" || canonicalIssuer(named) !== canonicalIssuer(issuer)) {
    throw unreachable(url, `it is the configuration of ${JSON.stringify(named ?? null)}`);
  }
  if (typeof jwksUrl !== "string") throw unreachable(url, "it names no jwks_uri");
  return jwksUrl;
}

async function fetchJson(url: string, fetch: typeof globalThis.fetch): Promise<Json> {
  if (url.startsWith("data:")) return parseDataUrl(url);
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(FETCH_TIMEOUT_MS) });
    if (!response.ok) throw unreachable(url, `it answers ${response.status}`);
    return await response.json();
  } catch (error) {
    if (error instanceof AuthFailure) throw error;
    throw unreachable(url, error instanceof Error ? error.message : String(error));
  }
}

/** `data:[type][;charset=…][;base64],<payload>`; a payload that is not base64 may be percent-encoded or plain JSON. */
function parseDataUrl(url: string): Json {
  const comma = url.indexOf(",");
  const payload = url.slice(comma + 1);
  try {
    if (url.slice(0, comma).endsWith(";base64")) return JSON.parse(Buffer.from(payload, "base64").toString());
    return JSON.parse(payload.startsWith("{") ? payload : decodeURIComponent(payload));
  } catch {
    throw unreachable(`${url.slice(0, comma)},…`, "it is not JSON");
  }
}

function unreachable(url: string, reason: string): AuthFailure {
  return new AuthFailure("AuthProviderDiscoveryFailed", `Auth provider discovery of ${url} failed: ${reason}`);
}
