import { expect, test } from "vitest";
import { setupStepOf } from "./setup-step.ts";

test.each([
  ["server", { state: "draft", reason: null, hasKey: false }],
  ["scan", { state: "draft", reason: null, hasKey: true }],
  ["scan", { state: "pairing", reason: null, hasKey: true }],
  ["scan", { state: "connecting", reason: null, hasKey: true }],
  ["scan", { state: "disconnected", reason: "other", hasKey: true }],
  ["scan", { state: "action_needed", reason: "logged_out", hasKey: true }],
  ["server", { state: "action_needed", reason: "removed", hasKey: true }],
  ["done", { state: "connected", reason: null, hasKey: true }],
] as const)("goes on at %s from %j", (step, setup) => {
  expect(setupStepOf(setup)).toBe(step);
});
