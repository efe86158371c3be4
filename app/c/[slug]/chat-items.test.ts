import { expect, it } from "vitest";
import { chatItems, type Row } from "./chat-items.ts";

const NOON = Date.UTC(2026, 2, 9, 15);
const HOUR = 3_600_000;
const zone = "America/Sao_Paulo";

function row(id: string, given: Partial<Omit<Row, "_id">> = {}): Row {
  const empty: Row[] = JSON.parse(
    JSON.stringify([{ _id: id, seq: 1, at: NOON, from: "visitor", name: null, text: id, clientId: null, ...given }]),
  );
  const [made] = empty;
  if (made === undefined) throw new Error("One was made");
  return made;
}

function unsent(clientId: string) {
  return { clientId, text: `text of ${clientId}`, at: NOON, problem: null };
}

it("a message that arrived keeps its key and is no longer on its way", () => {
  const [before] = chatItems([], [unsent("c1")], zone);
  const after = chatItems([row("m1", { clientId: "c1" })], [unsent("c1"), unsent("c2")], zone);
  expect(before).toMatchObject({ key: "c1", unsent: { clientId: "c1" } });
  expect(after).toMatchObject([
    { key: "c1", unsent: null },
    { key: "c2", unsent: { clientId: "c2" } },
  ]);
});

it("a day begins at the reader's midnight", () => {
  const items = chatItems([row("a"), row("b", { at: NOON + HOUR }), row("c", { at: NOON + 13 * HOUR })], [], zone);
  expect(items.map(({ startsDay }) => startsDay)).toEqual([true, false, true]);
});

it("a group ends where somebody else speaks, another member too", () => {
  const voices = [
    row("a", { from: "agent" }),
    row("b", { from: "agent" }),
    row("c", { from: "team", name: "Ana" }),
    row("d", { from: "team", name: "Rui" }),
    row("e"),
  ];
  expect(chatItems(voices, [], zone).map(({ startsGroup }) => startsGroup)).toEqual([true, false, true, true, true]);
});
