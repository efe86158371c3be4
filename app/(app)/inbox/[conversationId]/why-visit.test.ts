import { describe, expect, it } from "vitest";
import { WhyVisit } from "./why-visit.ts";

const path = "/inbox/one";

describe("closing an explanation", () => {
  it("goes back where the page opened it itself", () => {
    const visit = new WhyVisit();
    expect(visit.show({ from: null, to: "a", path })).toBe("push");
    expect(visit.leave({ turnId: "a", path })).toBe(true);
  });

  it("goes back once, however many were looked at in between", () => {
    const visit = new WhyVisit();
    visit.show({ from: null, to: "a", path });
    expect(visit.show({ from: "a", to: "b", path })).toBe("replace");
    expect(visit.leave({ turnId: "b", path })).toBe(true);
  });

  it("goes back no further when it is closed twice in a row", () => {
    const visit = new WhyVisit();
    visit.show({ from: null, to: "a", path });
    expect([visit.leave({ turnId: "a", path }), visit.leave({ turnId: "a", path })]).toEqual([true, false]);
  });

  it("does not go back to another page where the address came with it", () => {
    const visit = new WhyVisit();
    expect(visit.show({ from: "a", to: "b", path })).toBe("replace");
    expect(visit.leave({ turnId: "b", path })).toBe(false);
  });

  it("does not take another conversation's for its own", () => {
    const visit = new WhyVisit();
    visit.show({ from: null, to: "a", path });
    expect(visit.leave({ turnId: "a", path: "/inbox/two" })).toBe(false);
  });
});
