import type { Percentiles } from "../latencies.ts";
import { BareNotes } from "./bare.ts";
import { openMock } from "./mock.ts";
import { NOTE_TEXT, scatteredKeys } from "./notes.ts";
import { freshFile, openFilled } from "./opened.ts";
import { contender, percentilesOf, takeTurns } from "./turns.ts";

export type MutationCost = { notes: number; engine: Percentiles; bare: Percentiles; mock: Percentiles };

const EACH = 200;

/**
 * One simple mutation among so many notes: in the engine, as bare SQLite, and on convex-test. All in this process, without a network.
 * @param mockEach how often convex-test runs in its turn; it walks over all its notes every time
 */
export async function measureMutations({
  notes,
  rounds,
  mockEach,
}: {
  notes: number;
  rounds: number;
  mockEach: number;
}): Promise<MutationCost> {
  const engine = await openFilled(`engine-${notes}`, notes);
  const bare = new BareNotes(freshFile(`bare-${notes}`), { notes });
  const mock = await openMock(notes);
  const keys = { engine: scatteredKeys(notes), bare: scatteredKeys(notes), mock: scatteredKeys(notes) };
  const text = NOTE_TEXT;
  const inEngine = contender(EACH, () => engine.mutate("notes:write", { key: keys.engine(), text }));
  const inSqlite = contender(EACH, () => bare.write(keys.bare(), text));
  const inMock = contender(mockEach, () => mock(keys.mock()));
  try {
    await takeTurns([inEngine, inSqlite], rounds);
    // By itself: what convex-test leaves behind to be collected would be charged to the others.
    await takeTurns([inMock], rounds);
  } finally {
    engine.close();
    bare.close();
  }
  return { notes, engine: percentilesOf(inEngine), bare: percentilesOf(inSqlite), mock: percentilesOf(inMock) };
}
