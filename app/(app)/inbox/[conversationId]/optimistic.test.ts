import fc from "fast-check";
import { expect, test } from "vitest";
import { anaId } from "../testing.ts";
import { isUnconfirmed, keyOfMessage, withSend } from "./optimistic.ts";
import { secondsLeft, Sends, type Send } from "./sends.ts";
import { makeMessage } from "./testing.ts";

const ana = { memberId: anaId, name: "Ana" };
const makeSend = (fields: Partial<Send> = {}): Send => ({
  clientId: "one",
  text: "Oi",
  quoted: null,
  sentAt: 1000,
  ...fields,
});

test("what is sent stands below all that was said, in the order in which it was sent", () => {
  const newest = makeMessage({ seq: 7, sortAt: 5000 });
  const first = withSend([newest], makeSend(), ana);
  const both = withSend(first, makeSend({ clientId: "two", text: "Tudo bem?" }), ana);
  expect(both.map(({ text, seq, sortAt }) => [text, seq, sortAt])).toEqual([
    ["Tudo bem?", 9, 5000],
    ["Oi", 8, 5000],
    ["Oi", 7, 5000],
  ]);
});

test("the first message of a thread needs no other", () => {
  expect(withSend([], makeSend(), ana)).toMatchObject([{ text: "Oi", seq: 1, sortAt: 1000, status: "queued" }]);
});

test("a page that has the server's row of a send does not get a second one", () => {
  const stored = makeMessage({ seq: 8, clientId: "one", direction: "outbound" });
  expect(withSend([stored], makeSend(), ana)).toEqual([stored]);
});

test("showing a send twice shows it once, whatever was there", () => {
  const seqs = fc.uniqueArray(fc.nat(500), { maxLength: 20 });
  fc.assert(
    fc.property(seqs, (known) => {
      const page = known.toSorted((a, b) => b - a).map((seq) => makeMessage({ seq, sortAt: seq }));
      const once = withSend(page, makeSend(), ana);
      expect(withSend(once, makeSend(), ana)).toEqual(once);
      expect(once).toHaveLength(page.length + 1);
    }),
  );
});

test("the row that shows at once and the server's are one bubble, and only the first is unconfirmed", () => {
  const [shown] = withSend([], makeSend(), ana);
  const stored = makeMessage({ clientId: "one" });
  expect(shown && keyOfMessage(shown)).toBe(keyOfMessage(stored));
  expect([shown && isUnconfirmed(shown), isUnconfirmed(stored)]).toEqual([true, false]);
  expect(keyOfMessage(makeMessage({ seq: 3 }))).toBe("message 3");
});

test.each([
  [1000, 5],
  [1001, 5],
  [2000, 4],
  [5999, 1],
  [6000, 0],
  [90_000, 0],
  [0, 5], // a clock that was set back
])("at %i, a message of 1000 leaves in %i s", (now, left) => {
  expect(secondsLeft(1000, now)).toBe(left);
});

test("what was sent is remembered, and the oldest forgotten", () => {
  const sends = new Sends();
  for (let count = 0; count <= 200; count += 1) sends.note(makeSend({ clientId: `send ${count}` }));
  expect([sends.find("send 0"), sends.find("send 200")?.clientId, sends.find(null)]).toEqual([null, "send 200", null]);
  expect(sends.stored("send 200")).toBeNull();
});
