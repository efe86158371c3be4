import { describe, expect, it } from "vitest";
import { numberOf, textOf } from "./columns.ts";
import { Connection } from "./connection.ts";
import { Progress } from "./progress.ts";
import { ManualClock, NOON } from "./testing.ts";

const START = BigInt(NOON) * 1_000_000n;
const SECOND = 1_000_000_000n;

function inMemory() {
  const clock = new ManualClock(NOON);
  const connection = Connection.open({ file: ":memory:", synchronous: "OFF" });
  const progress = new Progress(connection, clock);
  const saved = () => {
    const row = connection.get("SELECT CAST(timestamp AS TEXT) AS timestamp, creation_time FROM progress");
    return { timestamp: BigInt(textOf(row?.["timestamp"])), creationTime: numberOf(row?.["creation_time"]) };
  };
  const commit = (timestamp: bigint, creationTime: number) => {
    progress.creationTime = creationTime;
    progress.cover(timestamp);
    progress.timestamp = timestamp;
  };
  return { clock, connection, progress, saved, commit };
}

describe("progress", () => {
  it("starts a new file at the present time", () => {
    const { progress, clock } = inMemory();
    expect(progress.timestamp).toBe(START);
    expect(progress.next(clock)).toBe(START + 1n);
  });

  it("is covered by the file at every commit, which is written once a second and not for each", () => {
    const { saved, commit } = inMemory();
    commit(START + 1n, NOON);
    const first = saved();
    expect(first).toEqual({ timestamp: START + 1n + SECOND, creationTime: NOON + 1_000 });
    commit(START + SECOND, NOON + 1_000);
    expect(saved()).toEqual(first);
    commit(START + SECOND + 2n, NOON + 1_000);
    expect(saved().timestamp).toBe(START + SECOND + 2n + SECOND);
  });

  it("is covered when only creation times run ahead", () => {
    const { saved, commit } = inMemory();
    commit(START + 1n, NOON);
    commit(START + 2n, NOON + 1_001);
    expect(saved().creationTime).toBe(NOON + 2_001);
  });

  it("goes on above all that was given when the process was killed", () => {
    const { connection, clock, commit } = inMemory();
    for (let n = 1; n <= 5; n++) commit(START + BigInt(n) * (SECOND / 3n), NOON + n * 333);
    const reopened = new Progress(connection, clock);
    expect(reopened.next(clock)).toBeGreaterThan(START + 5n * (SECOND / 3n));
    expect(reopened.creationTime).toBeGreaterThanOrEqual(NOON + 5 * 333);
  });

  it("goes on from exactly where it was after an orderly end", () => {
    const { connection, clock, commit, progress } = inMemory();
    commit(START + 7n, NOON + 3);
    progress.settle();
    const reopened = new Progress(connection, clock);
    expect([reopened.timestamp, reopened.creationTime]).toEqual([START + 7n, NOON + 3]);
  });

  it("covers again what a rollback has taken out of the file", () => {
    const { connection, progress, saved, commit } = inMemory();
    expect(() =>
      connection.transaction(() => {
        commit(START + 1n, NOON);
        throw new Error("rolled back");
      }),
    ).toThrow("rolled back");
    progress.restore(0);
    commit(START + 2n, NOON);
    expect(saved().timestamp).toBe(START + 2n + SECOND);
  });
});
