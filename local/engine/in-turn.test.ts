import { expect, test } from "vitest";
import { inTurn } from "./in-turn.ts";

test("each begins when the one before has ended, in the order in which they were asked for", async () => {
  const seen: string[] = [];
  const first = Promise.withResolvers<void>();
  const run = inTurn(async (name: string, until?: Promise<void>) => {
    seen.push(`${name} begins`);
    await until;
    seen.push(`${name} ends`);
  });
  const runs = [run("a", first.promise), run("b"), run("c")];
  await new Promise((resolve) => void setImmediate(resolve));
  expect(seen).toEqual(["a begins"]);
  first.resolve();
  await Promise.all(runs);
  expect(seen).toEqual(["a begins", "a ends", "b begins", "b ends", "c begins", "c ends"]);
});

test("one that fails, waiting or at once, fails alone", async () => {
  const run = inTurn((failure: Error | null) => {
    if (failure?.message === "at once") throw failure;
    return failure === null ? Promise.resolve() : Promise.reject(failure);
  });
  const runs = [new Error("at once"), new Error("later"), null].map(run);
  const results = await Promise.allSettled(runs);
  expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected", "fulfilled"]);
});
