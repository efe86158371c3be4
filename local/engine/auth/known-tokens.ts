/** Spares a signature check for each call of a client that shows the same token again and again. */
import type { AuthProvider, Clock } from "../types.ts";
import type { VerifiedToken, Verifier } from "./providers.ts";

/** Well below the age at which keys are fetched again: a withdrawn key is not honoured much longer for this. */
const KEPT_MS = 60_000;
const MOST = 1_000;

type Known = { verified: VerifiedToken; since: number; until: number };

/**
 * A verifier that remembers for a minute whom a token was of. Invariants: only what verified is remembered, never beyond the
 * token's own end, and nothing of it once the app has other providers.
 */
export function rememberTokens(
  verifier: Verifier,
  { providers, clock }: { providers: () => readonly AuthProvider[]; clock: Clock },
): Verifier {
  const known = new Map<string, Known>();
  let knownBy: readonly AuthProvider[] | undefined;
  return {
    async verify(token) {
      const current = providers();
      if (knownBy !== current) known.clear();
      knownBy = current;
      const found = known.get(token);
      const now = clock.now();
      // A clock that was set back would make the minute longer.
      if (found !== undefined && found.since <= now && now < found.until) return found.verified;
      const verified = await verifier.verify(token);
      const since = clock.now();
      const until = Math.min(verified.expiresAt, since + KEPT_MS);
      // The app may have been replaced meanwhile.
      if (knownBy === current) remember(known, token, { verified, since, until });
      return verified;
    },
  };
}

/** At most a thousand: the one that was verified longest ago goes. */
function remember(known: Map<string, Known>, token: string, entry: Known): void {
  known.delete(token);
  known.set(token, entry);
  const [oldest] = known.keys();
  if (known.size > MOST && oldest !== undefined) known.delete(oldest);
}
