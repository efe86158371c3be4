import { ConvexError, type Value } from "convex/values";

/**
 * Every way in which Qify says no. The closed union travels as `ConvexError({ code, ...facts })`; the interface maps a
 * code to words once. A foreign id answers `not_found`, like one that never was.
 */
export const ERROR_CODES = [
  "unauthenticated", // nobody is signed in, or the token is not one of ours
  "no_organization", // signed in, but no organization is chosen, or Qify does not know it yet
  "not_a_member", // no membership of the chosen organization, or it was removed
  "forbidden", // a member whose role may not do this; facts: needs, role
  "not_found", // facts: what
  "invalid", // facts: field, reason
  "conflict", // somebody else was first; facts: what
  "limit_reached", // facts: limit, what
  "rate_limited", // facts: retryAfterMs
  "unavailable", // a part of ours or of a provider does not answer
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

export type ErrorFacts = { [name: string]: Value };

export function fail(code: ErrorCode, facts: ErrorFacts = {}): never {
  throw new ConvexError({ code, ...facts });
}

/** The code of an error that `fail` threw, on this side of the wire or the other; null for anything else. */
export function errorCode(error: unknown): ErrorCode | null {
  if (!(error instanceof ConvexError)) return null;
  const { data }: { data: unknown } = error;
  if (data === null || typeof data !== "object" || !("code" in data)) return null;
  return ERROR_CODES.find((code) => code === data.code) ?? null;
}
