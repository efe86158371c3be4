/** What the thread that runs functions shares with the one that watches it: two words, then the name of the running call. */
export type LongCallOptions = { memory: SharedArrayBuffer; afterMs: number; output: number };

/** The first counts beginnings and ends, the second is the length of the name. */
export const WORDS = 2;
export const NAME_BYTES = 512;
