import { expect, test } from "vitest";
import { FlushQueue } from "./flush-queue.ts";

function setUp() {
  const flushed: string[] = [];
  const turns: (() => void)[] = [];
  const queue = new FlushQueue<string>(
    (item) => {
      flushed.push(item);
      if (item === "again") queue.add("later");
    },
    (task) => void turns.push(task),
  );
  const turn = () => turns.shift()?.();
  return { queue, flushed, turns, turn };
}

test("nothing is flushed before the event loop comes around", () => {
  const { queue, flushed, turn } = setUp();
  queue.add("a");
  expect(flushed).toEqual([]);
  turn();
  expect(flushed).toEqual(["a"]);
});

test("one item per turn, in the order in which they were first added, each once", () => {
  const { queue, flushed, turns, turn } = setUp();
  for (const item of ["a", "b", "a", "c"]) queue.add(item);
  expect(turns).toHaveLength(1);
  turn();
  expect(flushed).toEqual(["a"]);
  turn();
  turn();
  expect(flushed).toEqual(["a", "b", "c"]);
  expect(turns).toHaveLength(0);
});

test("an item that is taken back is not flushed, and one added while flushing waits for its turn", () => {
  const { queue, flushed, turn } = setUp();
  queue.add("again");
  queue.add("gone");
  queue.delete("gone");
  turn();
  expect(flushed).toEqual(["again"]);
  turn();
  expect(flushed).toEqual(["again", "later"]);
});
