import { expect, it } from "vitest";
import { confidenceOf } from "./lead-confidence.ts";

it("a share is told as a word, and never a lower one for more", () => {
  expect([0, 0.5, 0.6, 0.8, 0.85, 1].map(confidenceOf)).toEqual(["low", "low", "medium", "medium", "high", "high"]);
});
