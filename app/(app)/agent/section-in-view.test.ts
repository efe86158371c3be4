import fc from "fast-check";
import { expect, it } from "vitest";
import { sectionInView } from "./section-in-view.ts";
import { SECTIONS } from "./sections.ts";

const tops = [0, 300, 900, 1_400, 1_600, 4_000, 4_300, 4_900, 5_150];
const view = { clientHeight: 800, scrollHeight: 5_400 };
const ids: readonly string[] = SECTIONS.map(({ id }) => id);

it("begins with the first section and ends with the last, however short", () => {
  expect(sectionInView(tops, { ...view, scrollTop: 0 })).toBe("company");
  expect(sectionInView(tops, { ...view, scrollTop: 4_600 })).toBe("pacing");
});

it("never goes back while one scrolls on", () => {
  const scrolled = fc.integer({ min: -50, max: 4_650 });
  fc.assert(
    fc.property(scrolled, scrolled, (one, other) => {
      const at = (scrollTop: number) => ids.indexOf(sectionInView(tops, { ...view, scrollTop }));
      expect(at(Math.min(one, other))).toBeLessThanOrEqual(at(Math.max(one, other)));
    }),
  );
});

it("shows the first where everything fits", () => {
  expect(sectionInView([0, 100], { scrollTop: 0, clientHeight: 800, scrollHeight: 800 })).toBe("company");
});
