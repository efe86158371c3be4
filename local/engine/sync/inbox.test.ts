import { describe, expect, test } from "vitest";
import { Inbox } from "./inbox.ts";
import type { ClientFrame } from "./protocol.ts";

/** The request of a frame that throws. */
const UNLUCKY = 1_000_000;
const target = { component: "", path: "m:f", args: {} };
const mutation = (requestId: number): ClientFrame => ({ type: "Mutation", requestId, target });
const action = (requestId: number): ClientFrame => ({ type: "Action", requestId, target });

/** Frames by their requests; those in `until` are done when the test says so. */
function setUp(until: Readonly<Record<number, Promise<void>>> = {}) {
  const applied: number[] = [];
  const faults: unknown[] = [];
  const peer = { takes: true };
  const inbox = new Inbox({
    apply(frame) {
      const requestId = "requestId" in frame ? frame.requestId : -1;
      applied.push(requestId);
      if (requestId === UNLUCKY) throw new Error("unlucky");
      return until[requestId];
    },
    canGoOn: () => peer.takes,
    fail: (error) => void faults.push(error),
  });
  const receive = (...frames: ClientFrame[]) => {
    for (const frame of frames) inbox.add(frame);
    inbox.pump();
  };
  return { inbox, applied, faults, peer, receive };
}

const turn = () => new Promise<void>((resolve) => void setImmediate(resolve));

describe("frames", () => {
  test("are applied as they come", () => {
    const { receive, applied, inbox } = setUp();
    receive(mutation(1), action(2));
    receive({ type: "Event" });
    expect(applied).toEqual([1, 2, -1]);
    expect(inbox.isEmpty).toBe(true);
  });

  test("wait for the one before them, those too that come meanwhile", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const { receive, applied } = setUp({ 1: promise });
    receive(mutation(1), mutation(2));
    receive(action(3));
    await turn();
    expect(applied).toEqual([1]);
    resolve();
    await turn();
    expect(applied).toEqual([1, 2, 3]);
  });

  test("wait for as long as nothing can go on", () => {
    const { receive, applied, inbox, peer } = setUp();
    peer.takes = false;
    receive(mutation(1));
    expect(applied).toEqual([]);
    peer.takes = true;
    inbox.pump();
    expect(applied).toEqual([1]);
  });

  test("are forgotten when they are not wanted any more, also from inside one", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const { receive, applied, inbox } = setUp({ 1: promise });
    receive(mutation(1), mutation(2));
    inbox.clear();
    resolve();
    await turn();
    expect(applied).toEqual([1]);
  });
});

describe("a frame that fails", () => {
  test("throws to whoever brought it", () => {
    const { receive, faults } = setUp();
    expect(() => receive(mutation(UNLUCKY))).toThrow("unlucky");
    expect(faults).toEqual([]);
  });

  test("is told of when it had waited, or fails after a while, and nothing behind it is applied by itself", async () => {
    const later = setUp({ 1: Promise.resolve() });
    later.receive(mutation(1), mutation(UNLUCKY), mutation(2));
    const slowly = setUp({ 1: Promise.reject(new Error("slowly")) });
    slowly.receive(mutation(1), mutation(2));
    await turn();
    expect([later.faults, slowly.faults]).toEqual([[new Error("unlucky")], [new Error("slowly")]]);
    expect([later.applied, slowly.applied]).toEqual([[1, UNLUCKY], [1]]);
  });
});

test("a thousand mutations may wait and no more, whatever else does", () => {
  const { inbox, applied, peer } = setUp();
  peer.takes = false;
  for (let n = 0; n < 1_000; n++) expect([inbox.add(mutation(n)), inbox.add(action(n))]).toEqual([true, true]);
  expect(inbox.add(mutation(1_000))).toBe(false);
  peer.takes = true;
  inbox.pump();
  expect(applied).toHaveLength(2_000);
  expect(inbox.add(mutation(1_001))).toBe(true);
});
