import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Budget, timeoutMessage, withWatchdog } from "./budget.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["performance"] }));
afterEach(() => void vi.useRealTimers());

test("time inside the engine does not count", () => {
  const budget = new Budget(100);
  budget.start();
  budget.pauseFor(() => vi.advanceTimersByTime(5000));
  expect(budget.spentMs).toBe(0);
  expect(budget.pauseFor(() => "answer")).toBe("answer");
  expect(budget.exceeded).toBe(false);
});

test("a function's own time adds up over its syscalls", () => {
  const budget = new Budget(100);
  budget.start();
  vi.advanceTimersByTime(60);
  budget.pauseFor(() => {});
  vi.advanceTimersByTime(60);
  expect(budget.spentMs).toBe(120);
  expect(() => budget.pauseFor(() => {})).toThrow(timeoutMessage(100));
  expect(budget.exceeded).toBe(true);
});

test("no limit never ends", () => {
  const budget = new Budget(0);
  budget.start();
  vi.advanceTimersByTime(1e9);
  expect(budget.pauseFor(() => 1)).toBe(1);
  expect(withWatchdog(0, (watchdogMs) => watchdogMs)).toBeUndefined();
});

test("it knows whether the engine is at work", () => {
  const budget = new Budget(10);
  budget.start();
  expect(budget.inEngine).toBe(false);
  expect(budget.pauseFor(() => budget.inEngine)).toBe(true);
  expect(() =>
    budget.pauseFor(() => {
      throw new Error("refused");
    }),
  ).toThrow("refused");
  expect(budget.inEngine).toBe(false);
});

test("each nested call is cut off before the call around it", () => {
  withWatchdog(100, (outer = 0) => {
    vi.advanceTimersByTime(50);
    withWatchdog(100, (middle = 0) => {
      expect(50 + middle).toBeLessThan(outer);
      withWatchdog(100, (inner = 0) => expect(inner).toBeLessThan(middle));
    });
  });
  expect(withWatchdog(100, (again) => again)).toBe(400);
});
