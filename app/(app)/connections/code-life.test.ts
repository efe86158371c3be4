import { describe, expect, it } from "vitest";
import { codeLifeOf } from "./code-life.ts";

const first = { count: 1, expiresAt: 60_000, seenAt: null, firstCount: 1 };

describe("a code to scan", () => {
  it("is shown while it lives, and tells how long", () => {
    expect(codeLifeOf(first, 0)).toEqual({ state: "live", secondsLeft: 60, fraction: 1 });
    expect(codeLifeOf(first, 45_000)).toEqual({ state: "live", secondsLeft: 15, fraction: 0.25 });
    expect(codeLifeOf(first, 59_999)).toMatchObject({ state: "live", secondsLeft: 1 });
    expect(codeLifeOf(first, 60_000)).toEqual({ state: "stale" });
  });

  it("lives shorter from the second on", () => {
    const second = { ...first, count: 2, expiresAt: 20_000 };
    expect(codeLifeOf(second, 10_000)).toEqual({ state: "live", secondsLeft: 10, fraction: 0.5 });
  });

  it("lives its whole time on a screen that saw it come, whatever its clock says", () => {
    const fast = 3_600_000;
    expect(codeLifeOf(first, fast)).toEqual({ state: "stale" });
    expect(codeLifeOf({ ...first, seenAt: fast }, fast + 20_000)).toMatchObject({ secondsLeft: 40 });
    expect(codeLifeOf({ ...first, seenAt: fast }, fast + 60_000)).toEqual({ state: "stale" });
  });

  it("never claims more time than it has on a slow clock", () => {
    expect(codeLifeOf(first, -3_600_000)).toEqual({ state: "live", secondsLeft: 60, fraction: 1 });
  });

  it("is the last for now after six, counted from the one that was asked for", () => {
    expect(codeLifeOf({ ...first, count: 6, expiresAt: 20_000 }, 0).state).toBe("live");
    expect(codeLifeOf({ ...first, count: 7, expiresAt: 20_000 }, 0)).toEqual({ state: "paused" });
    expect(codeLifeOf({ ...first, count: 7, expiresAt: 20_000, firstCount: 7 }, 0).state).toBe("live");
  });
});
