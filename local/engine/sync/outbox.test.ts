import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { Outbox, type Transport } from "./outbox.ts";
import { encodeTimestamp, type StateVersion } from "./protocol.ts";

const BACKLOG_BYTES = 1024 * 1024;
const PIECES = z.object({ type: z.string(), startVersion: z.unknown(), endVersion: z.unknown() }).partial();

/** An outbox to a peer that takes a frame, the oldest first, whenever the test says so. */
function open() {
  const clock = { time: 0, now: () => clock.time };
  const texts: string[] = [];
  const waiting: { text: string; onWritten: () => void }[] = [];
  const asked: string[] = [];
  const transport: Transport = {
    send: (text, onWritten) => {
      texts.push(text);
      waiting.push({ text, onWritten });
    },
    bufferedAmount: () => waiting.reduce((bytes, { text }) => bytes + text.length, 0),
    pauseReading: () => void asked.push("pause"),
    resumeReading: () => void asked.push("resume"),
    ping: () => void asked.push("ping"),
    close: () => void asked.push("close"),
    terminate: () => void asked.push("terminate"),
  };
  const outbox = new Outbox(transport, clock, () => void asked.push("relief"));
  const take = (): void => waiting.shift()?.onWritten();
  const frames = () => texts.map((text) => PIECES.parse(JSON.parse(text)));
  return { outbox, clock, texts, frames, asked, take };
}

const at = (querySet: number, timestamp = 0n, identity = 0): StateVersion => ({ querySet, timestamp, identity });
const inWords = ({ querySet, timestamp, identity }: StateVersion) => ({
  querySet,
  ts: encodeTimestamp(timestamp),
  identity,
});
const large = (characters: number): string => JSON.stringify("x".repeat(characters));

describe("transitions", () => {
  const version = fc.record({
    querySet: fc.nat(),
    timestamp: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
    identity: fc.nat(),
  });

  test("each starts where the one before it ended, the first at nothing", () => {
    fc.assert(
      fc.property(fc.array(version, { maxLength: 6 }), (ends) => {
        const { outbox, frames, take } = open();
        for (const end of ends) {
          outbox.sendTransition(end, [], null);
          take();
        }
        const versions = frames().map(({ startVersion, endVersion }) => [startVersion, endVersion]);
        expect(versions).toEqual(ends.map((end, n) => [inWords(ends[n - 1] ?? at(0)), inWords(end)]));
      }),
    );
  });

  test("carry their modifications as they are, and the clock's skew when it is known", () => {
    const { outbox, texts, take } = open();
    outbox.sendTransition(at(1), [`{"a":1}`, `{"b":2}`], null);
    take();
    outbox.sendTransition(at(2), [], -40);
    expect(texts.map((text) => JSON.parse(text))).toEqual([
      expect.objectContaining({ type: "Transition", modifications: [{ a: 1 }, { b: 2 }] }),
      expect.objectContaining({ type: "Transition", modifications: [], clientClockSkew: -40 }),
    ]);
    expect(texts[0]).not.toContain("clientClockSkew");
  });

  test("are in our memory one at a time: the next may come when the last has left", () => {
    const { outbox, take } = open();
    expect(outbox.canTakeTransition).toBe(true);
    outbox.sendTransition(at(1), [], null);
    expect(outbox.canTakeTransition).toBe(false);
    take();
    expect(outbox.canTakeTransition).toBe(true);
  });

  test("that are too large for one frame leave in pieces, and hold the place until the last of them is gone", () => {
    const { outbox, frames, take } = open();
    outbox.sendTransition(at(1), [large(9_000_000)], null);
    expect(frames().map(({ type }) => type)).toEqual(Array(3).fill("TransitionChunk"));
    for (const expected of [false, false, true]) {
      take();
      expect(outbox.canTakeTransition).toBe(expected);
    }
  });

  test("in pieces have names of their own and add up to what was meant", () => {
    const { outbox, texts, take } = open();
    const piece = z.object({ chunk: z.string(), transitionId: z.string() });
    const send = (end: number) => {
      const from = texts.length;
      outbox.sendTransition(at(end), [large(6_000_000)], null);
      const pieces = texts.slice(from).map((text) => piece.parse(JSON.parse(text)));
      pieces.forEach(take);
      return pieces;
    };
    const [first, second] = [send(1), send(2)];
    const names = [first, second].map((pieces) => [...new Set(pieces.map(({ transitionId }) => transitionId))]);
    expect(names.map(({ length }) => length)).toEqual([1, 1]);
    expect(names[0]).not.toEqual(names[1]);
    expect(JSON.parse(second.map(({ chunk }) => chunk).join(""))).toMatchObject({
      startVersion: inWords(at(1)),
      endVersion: inWords(at(2)),
    });
  });
});

describe("a slow peer", () => {
  test.each([
    [BACKLOG_BYTES, false],
    [BACKLOG_BYTES + 1, true],
  ])("with %d bytes unread is backlogged: %s", (bytes, expected) => {
    const { outbox, take } = open();
    outbox.send("x".repeat(bytes));
    expect([outbox.isBacklogged, outbox.canTakeTransition]).toEqual([expected, !expected]);
    take();
    expect([outbox.isBacklogged, outbox.canTakeTransition]).toEqual([false, true]);
  });

  test("is listened to again, and told to whoever waits, when there is room, not when it has merely read something", () => {
    const { outbox, asked, take } = open();
    for (const _ of [1, 2, 3]) outbox.send("x".repeat(BACKLOG_BYTES));
    outbox.pauseReading();
    outbox.pauseReading();
    take();
    expect(asked).toEqual(["pause"]);
    take();
    expect(asked).toEqual(["pause", "resume", "relief"]);
    take();
    expect(asked).toEqual(["pause", "resume", "relief", "relief"]);
  });

  test("that was stopped for another reason is listened to when that is over, and not before it has caught up", () => {
    const { outbox, asked, take } = open();
    outbox.pauseReading();
    outbox.resumeReading();
    outbox.resumeReading();
    outbox.pauseReading();
    outbox.send("x".repeat(BACKLOG_BYTES + 1));
    outbox.resumeReading();
    expect(asked).toEqual(["pause", "resume", "pause"]);
    take();
    expect(asked).toEqual(["pause", "resume", "pause", "resume", "relief"]);
  });

  test("may be stopped again after a relief", () => {
    const { outbox, asked, take } = open();
    for (const _ of [1, 2]) {
      outbox.send("x");
      outbox.pauseReading();
      take();
    }
    expect(asked).toEqual(["pause", "resume", "relief", "pause", "resume", "relief"]);
  });

  test("has taken a frame before those who wait for room hear of it", () => {
    const { outbox, asked, take } = open();
    outbox.send("x", () => void asked.push("written"));
    expect(asked).toEqual([]);
    take();
    expect(asked).toEqual(["written", "relief"]);
  });
});

describe("a silent line", () => {
  test.each([
    [14_999, []],
    [15_000, [{ type: "Ping" }]],
  ])("of %d ms has sent %j to the client, and pinged the socket either way", (silenceMs, expected) => {
    const { outbox, clock, frames, asked } = open();
    clock.time += silenceMs;
    outbox.keepAlive();
    expect([frames(), asked]).toEqual([expected, ["ping"]]);
  });

  test("begins anew with every frame, a Ping's own included", () => {
    const { outbox, clock, texts } = open();
    clock.time += 10_000;
    outbox.send("spoken");
    clock.time += 10_000;
    outbox.keepAlive();
    expect(texts).toEqual(["spoken"]);
    clock.time += 5_000;
    outbox.keepAlive();
    outbox.keepAlive();
    expect(texts).toHaveLength(2);
  });

  test("is none while a Transition is on its way: nothing comes between its pieces", () => {
    const { outbox, clock, frames, asked, take } = open();
    outbox.sendTransition(at(1), [], null);
    clock.time += 60_000;
    outbox.keepAlive();
    expect(frames().map(({ type }) => type)).toEqual(["Transition"]);
    expect(asked).toEqual(["ping"]);
    take();
    outbox.keepAlive();
    expect(frames().map(({ type }) => type)).toEqual(["Transition", "Ping"]);
  });
});
