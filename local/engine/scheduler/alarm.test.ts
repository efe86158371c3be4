import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Alarm } from "./alarm.ts";

const MINUTE_MS = 60_000;
const START = 1_000_000;

let rings: number[];
let faults: unknown[];
beforeEach(() => {
  rings = [];
  faults = [];
  vi.useFakeTimers({ now: START });
});
afterEach(() => vi.useRealTimers());

const clock = { now: () => Date.now() };
const reportFault = (fault: unknown) => void faults.push(fault);
const makeAlarm = () => new Alarm({ clock, reportFault, onRing: () => rings.push(Date.now() - START) });

describe("an alarm", () => {
  it("rings once, at the time asked for", () => {
    makeAlarm().ringAt(START + 500);
    vi.advanceTimersByTime(499);
    expect(rings).toEqual([]);
    vi.advanceTimersByTime(1);
    vi.advanceTimersByTime(10 * MINUTE_MS);
    expect(rings).toEqual([500]);
  });

  it("rings for the earliest of several times, and only for it", () => {
    const alarm = makeAlarm();
    for (const delay of [900, 300, 600]) alarm.ringAt(START + delay);
    vi.advanceTimersByTime(2_000);
    expect(rings).toEqual([300]);
  });

  it("rings again when it is asked again, also from inside a ring", () => {
    const onRing = () => {
      rings.push(Date.now() - START);
      if (rings.length < 3) alarm.ringAt(Date.now() + 100);
    };
    const alarm = new Alarm({ clock, reportFault, onRing });
    alarm.ringAt(START + 100);
    vi.advanceTimersByTime(1_000);
    expect(rings).toEqual([100, 200, 300]);
  });

  it("never rings while it is being asked: now means soon", () => {
    const alarm = makeAlarm();
    alarm.ringNow();
    alarm.ringNow();
    alarm.ringAt(START - 5);
    expect(rings).toEqual([]);
    vi.runAllTimers();
    expect(rings).toEqual([0]);
  });

  it("lets now come before a later time, and then forgets that one", () => {
    const alarm = makeAlarm();
    alarm.ringAt(START + 100);
    alarm.ringNow();
    vi.advanceTimersByTime(1_000);
    expect(rings).toEqual([0]);
  });

  it("waits further than a timer can, without ringing on the way", () => {
    const farMs = 40 * 24 * 60 * MINUTE_MS; // more than 2^31 ms
    makeAlarm().ringAt(START + farMs);
    vi.advanceTimersByTime(farMs - 1);
    expect(rings).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(rings).toEqual([farMs]);
  });

  it("notices within a minute that the clock was set forward", () => {
    makeAlarm().ringAt(START + 60 * MINUTE_MS);
    vi.advanceTimersByTime(10);
    vi.setSystemTime(START + 60 * MINUTE_MS);
    vi.advanceTimersByTime(MINUTE_MS);
    expect(rings).toHaveLength(1);
  });

  it("is not hurried by a clock that was set back", () => {
    makeAlarm().ringAt(START + 1_000);
    vi.setSystemTime(START - 5_000);
    vi.advanceTimersByTime(1_000);
    expect(rings).toEqual([]);
    vi.advanceTimersByTime(5_000);
    expect(rings).toEqual([1_000]);
  });

  it("waits by its caller's timers when it is given some, and calls off what it no longer needs", () => {
    const waits: { delayMs: number; ring: () => void; isOff: boolean }[] = [];
    const wait = (delayMs: number, ring: () => void) => {
      const entry = { delayMs, ring, isOff: false };
      waits.push(entry);
      return () => void (entry.isOff = true);
    };
    const alarm = new Alarm({ clock, reportFault, onRing: () => rings.push(Date.now() - START), wait });
    alarm.ringAt(START + 90 * MINUTE_MS);
    alarm.ringAt(START + 200);
    expect(waits).toMatchObject([
      { delayMs: 90 * MINUTE_MS, isOff: true },
      { delayMs: 200, isOff: false },
    ]);
    vi.setSystemTime(START + 200);
    waits[1]?.ring();
    expect([rings, vi.getTimerCount()]).toEqual([[200], 0]);
  });

  it("rings again after longer and longer pauses while it meets a fault, and as before when that is over", () => {
    const onRing = () => {
      rings.push(Date.now() - START);
      if (rings.length < 4 || rings.length === 6) throw new Error(`fault ${rings.length}`);
    };
    const alarm = new Alarm({ clock, reportFault, onRing });
    alarm.ringNow();
    vi.advanceTimersByTime(10 * MINUTE_MS);
    expect(rings).toEqual([0, 500, 1_500, 3_500]);
    expect(faults).toEqual([1, 2, 3].map((n) => new Error(`fault ${n}`)));
    for (const delayMs of [100, 200]) alarm.ringAt(START + 20 * MINUTE_MS + delayMs);
    vi.advanceTimersByTime(15 * MINUTE_MS);
    alarm.ringNow();
    vi.advanceTimersByTime(MINUTE_MS);
    expect(rings.slice(4).map((at, n, all) => at - (all[n - 1] ?? at))).toEqual([0, 5 * MINUTE_MS - 100, 500]);
  });

  it("stops for good", () => {
    const alarm = makeAlarm();
    alarm.ringAt(START + 10);
    alarm.stop();
    alarm.ringAt(START + 20);
    alarm.ringNow();
    vi.advanceTimersByTime(MINUTE_MS);
    expect(rings).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
