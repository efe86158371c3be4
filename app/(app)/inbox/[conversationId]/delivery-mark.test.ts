import { expect, test } from "vitest";
import { deliveryMarkOf } from "./delivery-mark.ts";

test.each([
  ["queued", "clock", "quiet", false],
  ["sending", "clock", "quiet", false],
  ["sent", "check", "quiet", false],
  ["delivered", "checks", "quiet", false],
  ["read", "checks", "read", false],
  ["played", "checks", "read", false],
  ["unknown", "question", "warn", true],
  ["failed", "alert", "danger", true],
  ["cancelled", "ban", "quiet", true],
] as const)("%s shows as %s", (state, icon, tone, words) => {
  expect(deliveryMarkOf(state)).toEqual({ icon, tone, words });
});
