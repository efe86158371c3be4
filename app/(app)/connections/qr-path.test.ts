import { expect, test } from "vitest";
import { qrPathOf } from "./qr-path.ts";

/** The dark squares of a path, as `column row`. */
function squaresOf(path: string): Set<string> {
  return new Set([...path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)].map(([, column, row]) => `${column} ${row}`));
}

test("a code has its three eyes, and four modules of quiet around", () => {
  const { size, path } = qrPathOf("2@example,of,a,pairing,code");
  const squares = squaresOf(path);
  const places = [...squares].flatMap((place) => place.split(" ").map(Number));
  expect([Math.min(...places), Math.max(...places)]).toEqual([4, size - 5]);
  for (const corner of [`4 4`, `${size - 5} 4`, `4 ${size - 5}`]) expect(squares).toContain(corner);
  expect(squares).not.toContain("5 5");
});

test("another text is another code, the same text the same", () => {
  expect(qrPathOf("a").path).toBe(qrPathOf("a").path);
  expect(qrPathOf("a").path).not.toBe(qrPathOf("b").path);
});
