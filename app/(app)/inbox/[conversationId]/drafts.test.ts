import { expect, test, vi } from "vitest";
import { draftKey, Drafts, emptyDraft, type DraftStorage } from "./drafts.ts";
import { makeMessage } from "./testing.ts";

const key = draftKey({ memberId: "ana", conversationId: "c1" });
const quoted = { messageId: makeMessage()._id, text: "Quanto custa?", author: "contact" as const };

function makeStorage(kept = new Map<string, string>()): DraftStorage & { kept: Map<string, string> } {
  return {
    kept,
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => void kept.set(name, value),
    removeItem: (name) => void kept.delete(name),
  };
}

test("a draft survives the page, with what it answers to", () => {
  const storage = makeStorage();
  new Drafts(storage).change(key, { text: "Oi, Marina", quoted });
  expect(new Drafts(storage).read(key)).toEqual({ text: "Oi, Marina", quoted });
});

test("conversations and members have drafts of their own", () => {
  const drafts = new Drafts(makeStorage());
  drafts.change(key, { text: "Oi" });
  expect(drafts.read(draftKey({ memberId: "ana", conversationId: "c2" }))).toEqual(emptyDraft);
  expect(drafts.read(draftKey({ memberId: "bruno", conversationId: "c1" }))).toEqual(emptyDraft);
});

test("nothing is kept of a draft that was sent or cleared", () => {
  const storage = makeStorage();
  const drafts = new Drafts(storage);
  drafts.change(key, { text: "Oi", quoted });
  drafts.change(key, emptyDraft);
  expect(storage.kept.size).toBe(0);
});

test("what is brought back stands above what was begun since, and loses none of it", () => {
  const drafts = new Drafts(makeStorage());
  drafts.restore(key, { text: "Primeira", quoted });
  expect(drafts.read(key)).toEqual({ text: "Primeira", quoted });
  drafts.restore(key, { text: "Zero", quoted: null });
  expect(drafts.read(key)).toEqual({ text: "Zero\nPrimeira", quoted });
});

test.each(["nonsense", "{}", '{"text":7,"quoted":null}'])("what is no draft (%s) is none", (kept) => {
  expect(new Drafts(makeStorage(new Map([[key, kept]]))).read(key)).toEqual(emptyDraft);
});

test("where the browser keeps nothing, a draft lives as long as the page", () => {
  const full: DraftStorage = {
    ...makeStorage(),
    setItem: () => {
      throw new DOMException("full", "QuotaExceededError");
    },
  };
  for (const storage of [null, full]) {
    const drafts = new Drafts(storage);
    drafts.change(key, { text: "Oi" });
    expect(drafts.read(key).text).toBe("Oi");
  }
});

test("who watches hears of each change, and reads the same draft until the next", () => {
  const drafts = new Drafts(makeStorage());
  const heard = vi.fn<() => void>();
  const leave = drafts.subscribe(heard);
  drafts.change(key, { text: "O" });
  expect(drafts.read(key)).toBe(drafts.read(key));
  leave();
  drafts.change(key, { text: "Oi" });
  expect(heard).toHaveBeenCalledTimes(1);
});
