import { expect, test } from "vitest";
import { ManualClock, NOON } from "../../store/testing.ts";
import { Uploads } from "./uploads.ts";

function make() {
  const clock = new ManualClock(NOON);
  return { clock, uploads: new Uploads(clock, { maxBytes: 10 }) };
}

test("a file is put together from its parts, in the order in which they are named", () => {
  const { uploads } = make();
  const token = uploads.start();
  const [second, first] = ["cd", "ab"].map((text) => uploads.add(token, Buffer.from(text)));
  expect(String(uploads.finish(token, [first ?? "", second ?? ""]))).toBe("abcd");
  expect(() => uploads.finish(token, [])).toThrow(/unknown or took too long/);
});

test("parts that were never there are missed", () => {
  const { uploads } = make();
  const token = uploads.start();
  expect(() => uploads.finish(token, ["nothing"])).toThrow(/never uploaded/);
  expect(() => uploads.add("no token", Buffer.from("x"))).toThrow(/unknown/);
  expect(() => uploads.finish(uploads.start(), [7])).toThrow(/never uploaded/);
});

test("what all uploads hold together is bounded, and free again when one is over", () => {
  const { uploads } = make();
  const [one, other] = [uploads.start(), uploads.start()];
  uploads.add(one, Buffer.alloc(6));
  const part = uploads.add(other, Buffer.alloc(3));
  expect(uploads.room).toBe(1);
  uploads.finish(other, [part]);
  expect(uploads.room).toBe(4);
});

test("what nobody finishes within an hour is forgotten", () => {
  const { clock, uploads } = make();
  const token = uploads.start();
  uploads.add(token, Buffer.alloc(6));
  clock.advance(3_600_000);
  uploads.start();
  expect(uploads.room).toBe(10);
  expect(() => uploads.add(token, Buffer.alloc(1))).toThrow(/took too long/);
});
