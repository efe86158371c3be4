import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { runInOnePage } from "./one-page.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});
afterEach(() => {
  vi.useRealTimers();
});

const holdMs = 2000;

it("of pages that hear the same news, one runs it; the next news has its own turn", async () => {
  const { locks } = navigator;
  const ran: string[] = [];
  const hear = async (page: string) => {
    const isFirst = await runInOnePage({ locks, name: "sound", holdMs, run: () => void ran.push(page) });
    return isFirst;
  };
  const first = hear("one");
  expect(await hear("two")).toBe(false);
  await vi.advanceTimersByTimeAsync(holdMs);
  expect(await first).toBe(true);
  const later = hear("two");
  await vi.waitFor(() => expect(ran).toEqual(["one", "two"]));
  await vi.advanceTimersByTimeAsync(holdMs);
  expect(await later).toBe(true);
});

it("every page runs it where they cannot agree", async () => {
  let count = 0;
  const alone = { locks: undefined, name: "sound", holdMs, run: () => void (count += 1) };
  expect([await runInOnePage(alone), await runInOnePage(alone)]).toEqual([true, true]);
  expect(count).toBe(2);
});
