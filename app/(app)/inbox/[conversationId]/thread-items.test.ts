import { expect, test } from "vitest";
import { makeMessage } from "./testing.ts";
import { buildThread, countNewer, newestSeq } from "./thread-items.ts";

const timeZone = "America/Sao_Paulo";
const noon = Date.parse("2026-03-18T15:00:00Z");
const minuteMs = 60_000;
const inbound = (seq: number, minutes: number) => makeMessage({ seq, sortAt: noon + minutes * minuteMs });
const outbound = (seq: number, minutes: number) =>
  makeMessage({
    seq,
    sortAt: noon + minutes * minuteMs,
    direction: "outbound",
    author: { ...makeMessage().author, kind: "agent" },
  });
const edges = (messages: Parameters<typeof buildThread>[0]["messages"], readSeq: number | null = null) =>
  buildThread({ messages, timeZone, readSeq, isComplete: true }).map(({ startsGroup, endsGroup }) => [
    startsGroup,
    endsGroup,
  ]);

test("what one author says in one go is one group", () => {
  expect(edges([inbound(1, 0), inbound(2, 1), inbound(3, 2), outbound(4, 2)])).toEqual([
    [true, false],
    [false, false],
    [false, true],
    [true, true],
  ]);
});

test("a pause of five minutes, or the line of what is unread, begins a new group", () => {
  expect(edges([inbound(1, 0), inbound(2, 5)])).toEqual([
    [true, true],
    [true, true],
  ]);
  expect(edges([inbound(1, 0), inbound(2, 1)], 1)).toEqual([
    [true, true],
    [true, true],
  ]);
});

test("in a group, each person is a group of their own", () => {
  const of = (seq: number, name: string) =>
    makeMessage({ seq, sortAt: noon, author: { ...makeMessage().author, name } });
  expect(edges([of(1, "Helena"), of(2, "Sérgio")])).toEqual([
    [true, true],
    [true, true],
  ]);
});

test("days are told apart at the midnight of whoever looks", () => {
  const beforeMidnight = makeMessage({ seq: 1, sortAt: Date.parse("2026-03-19T02:59:00Z") });
  const afterMidnight = makeMessage({ seq: 2, sortAt: Date.parse("2026-03-19T03:00:00Z") });
  const days = (zone: string) =>
    buildThread({ messages: [beforeMidnight, afterMidnight], timeZone: zone, readSeq: null, isComplete: true }).map(
      (item) => item.startsDay,
    );
  expect(days(timeZone)).toEqual([true, true]);
  expect(days("UTC")).toEqual([true, false]);
});

test("the unread line stands above the first message of theirs that was not read, and only there", () => {
  const messages = [inbound(1, 0), outbound(2, 1), inbound(3, 2), inbound(4, 3)];
  const lines = (readSeq: number | null) =>
    buildThread({ messages, timeZone, readSeq, isComplete: true }).flatMap(({ startsUnread, message }) =>
      startsUnread ? message.seq : [],
    );
  expect(lines(1)).toEqual([3]);
  expect(lines(0)).toEqual([1]);
  expect(lines(4)).toEqual([]);
  expect(lines(null)).toEqual([]);
});

test("only what came in counts as new; the newest is the highest, wherever it stands", () => {
  const messages = [inbound(5, 0), outbound(4, 1), inbound(2, 2)];
  expect(countNewer(messages, 3)).toBe(1);
  expect(newestSeq(messages)).toBe(5);
  expect(newestSeq([])).toBe(0);
});

test("whether the oldest message begins its day is said once nothing older is to come", () => {
  const begins = (isComplete: boolean) =>
    buildThread({ messages: [inbound(1, 0)], timeZone, readSeq: null, isComplete }).map(({ startsDay }) => startsDay);
  expect([begins(false), begins(true)]).toEqual([[false], [true]]);
});
