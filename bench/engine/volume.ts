import type { Percentiles } from "../latencies.ts";
import { NOTE_TEXT, scatteredKeys } from "./notes.ts";
import { openFilled, type OpenedEngine } from "./opened.ts";
import { contender, percentilesOf, takeTurns } from "./turns.ts";

export type VolumeCost = { few: Cost; many: Cost };
type Cost = { notes: number; query: Percentiles; mutation: Percentiles };

const EACH = 100;

/** What an indexed query and a mutation cost among few notes and among many. */
export async function measureVolume(sizes: { few: number; many: number }, rounds: number): Promise<VolumeCost> {
  const engines = { few: await openFilled("few", sizes.few), many: await openFilled("many", sizes.many) };
  const few = contendersOf(engines.few, sizes.few);
  const many = contendersOf(engines.many, sizes.many);
  try {
    await takeTurns([few.query, many.query, few.mutation, many.mutation], rounds);
  } finally {
    engines.few.close();
    engines.many.close();
  }
  const costOf = (notes: number, { query, mutation }: typeof few) => ({
    notes,
    query: percentilesOf(query),
    mutation: percentilesOf(mutation),
  });
  return { few: costOf(sizes.few, few), many: costOf(sizes.many, many) };
}

function contendersOf(engine: OpenedEngine, notes: number) {
  const key = scatteredKeys(notes);
  return {
    query: contender(EACH, () => engine.query("notes:latest", { key: key(), asker: 0 })),
    mutation: contender(EACH, () => engine.mutate("notes:write", { key: key(), text: NOTE_TEXT })),
  };
}
