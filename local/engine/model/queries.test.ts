// Whatever was written, whatever is asked: the engine answers as a database of arrays does.
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { LoadedApp } from "../bundle/load-app.ts";
import { mutations, queries, shapes } from "./arbitraries.ts";
import type { Asked, Ending, Step, TableShape } from "./description.ts";
import { loadInterpreter, TwinWorld } from "./world.ts";

const SEED = 20_260_105;
const SLOW = { timeout: 120_000 };

let interpreter: LoadedApp;
beforeAll(async () => {
  interpreter = await loadInterpreter();
});

type Story = { tables: TableShape[]; written: Step[][]; asked: Asked<Ending>[] };

const stories = (most: { mutations: number; queries: number }): fc.Arbitrary<Story> =>
  shapes.chain((tables) =>
    fc.record({
      tables: fc.constant(tables),
      written: fc.array(mutations(tables), { minLength: 1, maxLength: most.mutations }),
      asked: fc.array(queries(tables), { maxLength: most.queries }),
    }),
  );

async function inWorld(tables: readonly TableShape[], body: (world: TwinWorld) => void): Promise<void> {
  const world = new TwinWorld(interpreter, tables);
  body(world);
  await world.backend.close();
}

describe("the engine and the naive model", () => {
  it("answer every query alike: any index, range, order, filter and end, over any documents", SLOW, async () => {
    await fc.assert(
      fc.asyncProperty(stories({ mutations: 4, queries: 12 }), ({ tables, written, asked }) =>
        inWorld(tables, (world) => {
          for (const steps of written) world.write(steps);
          for (const query of asked) expect(world.answer(query)).toEqual(world.expected(query));
        }),
      ),
      { numRuns: 150, seed: SEED },
    );
  });

  it("write alike: patches, replacements, deletions, refusals, and nested mutations that fail", SLOW, async () => {
    await fc.assert(
      fc.asyncProperty(stories({ mutations: 10, queries: 2 }), ({ tables, written, asked }) =>
        inWorld(tables, (world) => {
          for (const steps of written) {
            world.writeInVain(steps);
            world.write(steps);
          }
          const everything = tables.flatMap(({ name, indexes }) =>
            [null, ...indexes].map((index) => all(name, index?.name)),
          );
          for (const query of [...everything, ...asked]) expect(world.answer(query)).toEqual(world.expected(query));
        }),
      ),
      { numRuns: 80, seed: SEED },
    );
  });
});

/** A whole table through one index, so that an entry too many or too few shows. */
function all(table: string, index: string | undefined): Asked<Ending> {
  return {
    table,
    index: index === undefined ? null : { name: index, range: [] },
    order: "asc",
    filter: null,
    end: { by: "collect" },
  };
}
