// What clients are told of the queries that they watch is what asking again would say, and they are told nothing twice.
import assert from "node:assert/strict";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { ANONYMOUS } from "../auth/caller.ts";
import type { LoadedApp } from "../bundle/load-app.ts";
import { QuerySet } from "../sync/query-set.ts";
import { Reactor } from "../sync/reactor.ts";
import type { Json } from "../types.ts";
import { mutations, queries, shapes } from "./arbitraries.ts";
import type { Asked, Ending, Step, TableShape } from "./description.ts";
import { callOf, loadInterpreter, READ, TwinWorld } from "./world.ts";

const SEED = 20_260_107;
const SLOW = { timeout: 120_000 };
const TOLD = z.object({
  type: z.enum(["QueryUpdated", "QueryFailed", "QueryRemoved"]),
  queryId: z.number(),
  value: z.json().optional(),
  errorMessage: z.string().optional(),
});

let interpreter: LoadedApp;
beforeAll(async () => {
  interpreter = await loadInterpreter();
});

type Story = { tables: TableShape[]; watched: Asked<Ending>[]; written: Step[][]; leaves: number[] };

const stories: fc.Arbitrary<Story> = shapes.chain((tables) =>
  fc.record({
    tables: fc.constant(tables),
    watched: fc.array(queries(tables), { minLength: 3, maxLength: 12 }),
    written: fc.array(mutations(tables), { minLength: 1, maxLength: 8 }),
    leaves: fc.array(fc.nat({ max: 11 }), { maxLength: 3 }),
  }),
);

/** A client that keeps what it was told last. */
class Watcher {
  readonly latest = new Map<number, Json | null>();
  readonly #words = new Map<number, string>();
  readonly #asked: Set<number>;
  isStale = true;
  readonly #queries: QuerySet;

  constructor(reactor: Reactor, watched: readonly Asked<Ending>[]) {
    this.#queries = new QuerySet(reactor, () => void (this.isStale = true));
    this.#asked = new Set(watched.keys());
    for (const [queryId, asked] of watched.entries()) {
      const { component, path, args } = callOf(READ, { asked });
      this.#queries.apply({ type: "Add", queryId, target: { component, path, args }, journal: null });
    }
  }

  /** Takes what there is to be told, and expects none of it to be known. */
  listen(): void {
    this.isStale = false;
    for (const text of this.#queries.collectModifications(ANONYMOUS)) {
      const { type, queryId, value, errorMessage } = TOLD.parse(JSON.parse(text));
      // Each failure has an id of its own.
      const words = `${type} ${JSON.stringify(value)} ${errorMessage?.replace(/Request ID: \w+/, "")}`;
      assert.notEqual(words, this.#words.get(queryId), `query ${queryId} is told again`);
      this.#words.set(queryId, words);
      if (type === "QueryRemoved") this.latest.delete(queryId);
      else this.latest.set(queryId, type === "QueryUpdated" ? { value: value ?? null } : null);
    }
  }

  leave(queryId: number): void {
    if (!this.#asked.delete(queryId)) return;
    this.#queries.apply({ type: "Remove", queryId });
    this.isStale = true;
  }

  close(): void {
    this.#queries.close();
  }
}

/** What asking again says to each query that is still watched. */
function freshOf(
  world: TwinWorld,
  watched: readonly Asked<Ending>[],
  { latest }: Watcher,
): ReadonlyMap<number, Json | null> {
  const fresh = new Map<number, Json | null>();
  for (const [id, asked] of watched.entries()) if (latest.has(id)) fresh.set(id, world.expected(asked));
  return fresh;
}

describe("live queries", () => {
  it(
    "say after every mutation what a fresh run says, to each of two clients, and nothing that was said before",
    SLOW,
    async () => {
      await fc.assert(
        fc.asyncProperty(stories, async ({ tables, watched, written, leaves }) => {
          const world = new TwinWorld(interpreter, tables);
          const reactor = new Reactor(world.backend.engine);
          // The second one asks half of the same questions, and listens only now and then.
          const watchers = [watched, watched.slice(0, Math.ceil(watched.length / 2))].map(
            (asked) => new Watcher(reactor, asked),
          );
          for (const [n, steps] of [[], ...written].entries()) {
            world.write(steps);
            world.writeInVain(steps);
            for (const [index, watcher] of watchers.entries()) {
              const leaving = leaves[n];
              if (leaving !== undefined) watcher.leave(leaving);
              if (index === 1 && n % 2 === 1) continue;
              if (watcher.isStale) watcher.listen();
              expect(watcher.latest).toEqual(freshOf(world, watched, watcher));
            }
          }
          for (const watcher of watchers) watcher.close();
          expect(reactor.size).toBe(0);
          await world.backend.close();
        }),
        { numRuns: 80, seed: SEED },
      );
    },
  );
});
