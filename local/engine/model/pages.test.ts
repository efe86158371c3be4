// A list that is read page by page while others write: the pages that were read, read again, are the list's beginning.
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { LoadedApp } from "../bundle/load-app.ts";
import type { QueryResult } from "../types.ts";
import { mutations, questions, shapes } from "./arbitraries.ts";
import type { Asked, Step, TableShape } from "./description.ts";
import { loadInterpreter, TwinWorld } from "./world.ts";

const SEED = 20_260_106;
const SLOW = { timeout: 120_000 };
const PAGE = z.object({
  page: z.array(z.json()),
  isDone: z.boolean(),
  continueCursor: z.string(),
  splitCursor: z.string().nullish(),
});

let interpreter: LoadedApp;
beforeAll(async () => {
  interpreter = await loadInterpreter();
});

/** What the reader does next, while `written` happens before it. */
type Move = { written: Step[] | null; does: "more" | "split" | "look"; size: number };
type Story = { tables: TableShape[]; before: Step[][]; asked: Asked<null>; moves: Move[] };

const stories: fc.Arbitrary<Story> = shapes.chain((tables) =>
  fc.record({
    tables: fc.constant(tables),
    before: fc.array(mutations(tables), { minLength: 1, maxLength: 4 }),
    asked: questions(tables).map((asked) => ({
      ...asked,
      table: "first",
      index: asked.table === "first" ? asked.index : null,
    })),
    moves: fc.array(
      fc.record({
        written: fc.option(mutations(tables), { freq: 3 }),
        does: fc.constantFrom<Move["does"]>("more", "more", "split", "look"),
        size: fc.integer({ min: 1, max: 4 }),
      }),
      { minLength: 2, maxLength: 10 },
    ),
  }),
);

/** One page that a client watches: where it begins, where it ends once that is fixed, and what the engine wants back. */
type Watched = {
  size: number;
  cursor: string | null;
  endCursor: string | null;
  journal: string | null;
  latest: z.infer<typeof PAGE>;
};

/** As a client's paginated query: it reads on at the end, splits pages, and keeps each page's end. */
class Reader {
  readonly #world: TwinWorld;
  readonly #asked: Asked<null>;
  #pages: Watched[] = [];

  constructor(world: TwinWorld, asked: Asked<null>) {
    this.#world = world;
    this.#asked = asked;
  }

  get isDone(): boolean {
    return this.#pages.at(-1)?.latest.isDone ?? false;
  }

  get documents() {
    return this.#pages.flatMap(({ latest }) => latest.page);
  }

  readOn(size: number): void {
    const cursor = this.#pages.at(-1)?.latest.continueCursor ?? null;
    if (!this.isDone) this.#pages.push(this.#read({ size, cursor, endCursor: null, journal: null }));
  }

  /** What reactive queries do after each write. */
  readAgain(): void {
    this.#pages = this.#pages.map((page) => this.#read(page));
  }

  /** Cuts the longest page in two, where the engine said it could be. */
  split(): void {
    const [longest] = this.#pages.toSorted((a, b) => b.latest.page.length - a.latest.page.length);
    const at = longest?.latest.splitCursor;
    if (longest === undefined || at === undefined || at === null) return;
    const { cursor, size, latest } = longest;
    const halves = [
      this.#read({ size, cursor, endCursor: at, journal: null }),
      this.#read({ size, cursor: at, endCursor: latest.continueCursor, journal: null }),
    ];
    this.#pages = this.#pages.flatMap((page) => (page === longest ? halves : [page]));
  }

  #read(page: Omit<Watched, "latest">): Watched {
    const { size, cursor, endCursor, journal } = page;
    const result = this.#world.run({ ...this.#asked, end: { by: "page", size, cursor, endCursor } }, journal);
    return { ...page, latest: parsePage(result), journal: result.journal };
  }
}

function parsePage(result: QueryResult): z.infer<typeof PAGE> {
  if (!result.ok) throw new Error(result.errorMessage);
  return PAGE.parse(JSON.parse(result.value));
}

/** Filters that refuse a document fail in every page alike, which shows nothing of pages. */
function isAnswered(world: TwinWorld, asked: Asked<null>): boolean {
  return world.expected({ ...asked, end: { by: "collect" } }) !== null;
}

/** As much of the whole as the reader has read; all of it once the reader believes so. */
function beginningOf(world: TwinWorld, asked: Asked<null>, reader: Reader): unknown[] {
  const { value } = z.object({ value: z.array(z.json()) }).parse(world.expected({ ...asked, end: { by: "collect" } }));
  return value.slice(0, reader.isDone ? undefined : reader.documents.length);
}

describe("pages", () => {
  it(
    "have no gap between them and nothing twice, whatever is written meanwhile, and end where all is read",
    SLOW,
    async () => {
      await fc.assert(
        fc.asyncProperty(stories, async ({ tables, before, asked, moves }) => {
          const world = new TwinWorld(interpreter, tables);
          for (const steps of before) world.write(steps);
          const reader = new Reader(world, asked);
          for (const { written, does, size } of moves) {
            if (written !== null) world.write(written);
            if (!isAnswered(world, asked)) break;
            reader.readAgain();
            if (does === "more") reader.readOn(size);
            if (does === "split") reader.split();
            expect(reader.documents).toEqual(beginningOf(world, asked, reader));
          }
          await world.backend.close();
        }),
        { numRuns: 120, seed: SEED },
      );
    },
  );
});
