import { expect, test } from "vitest";
import { FlushQueue } from "./flush-queue.ts";

/** An item costs so many milliseconds of a slice that has two. */
function setUp(costMs = 2) {
  const flushed: string[] = [];
  const turns: (() => void)[] = [];
  let time = 0;
  const queue = new FlushQueue<string>({
    flush: (item) => {
      flushed.push(item);
      time += costMs;
      if (item === "again") queue.add("later");
    },
    defer: (task) => void turns.push(task),
    sliceMs: 2,
    now: () => time,
  });
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

test("an item that takes a whole slice is alone in its turn; they come in the order in which they were first added, each once", () => {
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

test("a turn goes on to other items until its slice is used up", () => {
  const { queue, flushed, turns, turn } = setUp(1);
  for (const item of ["a", "b", "c"]) queue.add(item);
  turn();
  expect(flushed).toEqual(["a", "b"]);
  turn();
  expect(flushed).toEqual(["a", "b", "c"]);
  expect(turns).toHaveLength(0);
});

test("what is added in a turn waits for the next one, however much of the slice is left", () => {
  const { queue, flushed, turn } = setUp(0);
  queue.add("again");
  queue.add("other");
  turn();
  expect(flushed).toEqual(["again", "other"]);
  turn();
  expect(flushed).toEqual(["again", "other", "later"]);
});
