export type Point = { x: number; y: number };

/** Theil and Sen's slope: the median over all pairs of points. Up to a quarter of them may be outliers. Needs two different `x`. */
export function slopeOf(points: readonly Point[]): number {
  const slopes: number[] = [];
  for (const [n, a] of points.entries()) {
    for (const b of points.slice(n + 1)) if (a.x !== b.x) slopes.push((b.y - a.y) / (b.x - a.x));
  }
  const sorted = slopes.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  if (low === undefined || high === undefined) throw new Error("a slope needs two points");
  return (low + high) / 2;
}
