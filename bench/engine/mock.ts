import { convexTest } from "convex-test";
import { makeFunctionReference } from "convex/server";
import schema from "./convex/schema.ts";
import { keyOf, NOTE_TEXT } from "./notes.ts";

const WRITE = makeFunctionReference<"mutation", { key: string; text: string }, number>("notes:write");

/** The same functions on the mock that suites usually run on, with so many notes in it. */
export async function openMock(notes: number): Promise<(key: string) => Promise<unknown>> {
  const mock = convexTest(schema, {
    "./_generated/api.js": async () => ({}),
    "./notes.ts": () => import("./convex/notes.ts"),
  });
  await mock.run(async (ctx) => {
    for (let n = 0; n < notes; n++) {
      await ctx.db.insert("notes", { key: keyOf(n, notes), version: 1, text: NOTE_TEXT });
    }
  });
  return async (key) => mock.mutation(WRITE, { key, text: NOTE_TEXT });
}
