/** The first code of a pairing is shown for a minute, the others for twenty seconds. */
const FIRST_SECONDS = 60;
const NEXT_SECONDS = 20;
/** A code that nobody looks at should not stay on a screen: after this many we stop. */
const CODES_SHOWN = 6;

type ShownCode = {
  /** Which code of the pairing it is, from 1. */
  count: number;
  expiresAt: number;
  /** When this screen saw it come, by its own clock; null when it was there before the screen. */
  seenAt: number | null;
  /** The first one that was asked for here. */
  firstCount: number;
};

export type CodeLife =
  | { state: "live"; secondsLeft: number; fraction: number }
  /** The next one is on its way. */
  | { state: "stale" }
  /** Enough were shown: a person has to ask for more. */
  | { state: "paused" };

/** How long a code may still be shown. The time of a code that we saw come is not up to whether two clocks agree. */
export function codeLifeOf({ count, expiresAt, seenAt, firstCount }: ShownCode, now: number): CodeLife {
  if (count - firstCount >= CODES_SHOWN) return { state: "paused" };
  const seconds = count === 1 ? FIRST_SECONDS : NEXT_SECONDS;
  const endsAt = seenAt === null ? expiresAt : seenAt + seconds * 1000;
  const secondsLeft = Math.min(seconds, Math.ceil((endsAt - now) / 1000));
  return secondsLeft > 0 ? { state: "live", secondsLeft, fraction: secondsLeft / seconds } : { state: "stale" };
}
