import { expect, test } from "vitest";
import type { Command } from "./command.ts";
import { isSingleCharacter, matchStroke, strokeOf, type Progress } from "./keys.ts";

const plain = { ctrlKey: false, metaKey: false, altKey: false, getModifierState: () => false };
const altGr = { ...plain, ctrlKey: true, altKey: true, getModifierState: () => true };

test.each([
  ["a letter", { ...plain, key: "e" }, "e"],
  ["a letter with Caps Lock", { ...plain, key: "E" }, "e"],
  ["what Shift makes of a key, wherever that is", { ...plain, key: "?" }, "?"],
  ["a character that needs AltGr", { ...altGr, key: "/" }, "/"],
  ["Cmd", { ...plain, key: "k", metaKey: true }, "mod+k"],
  ["Ctrl", { ...plain, key: "k", ctrlKey: true }, "mod+k"],
  ["Alt", { ...plain, key: "e", altKey: true }, null],
  ["a key that types nothing", { ...plain, key: "Enter" }, null],
  ["the space, which presses buttons", { ...plain, key: " " }, null],
])("%s", (_what, press, stroke) => {
  expect(strokeOf(press)).toBe(stroke);
});

const command = (id: string, keys: string | null): Command => ({ id, keys, label: id, group: "inbox", run: () => {} });
const commands = [command("done", "e"), command("inbox", "g i"), command("agent", "g a"), command("none", null)];
const at = 1000;

/** The ids that a line of strokes runs, one every 100 ms. */
function typed(strokes: string, known = commands): string[] {
  let progress: Progress | null = null;
  return strokes.split(" ").flatMap((stroke, index) => {
    const match = matchStroke({ commands: known, progress, stroke, now: at + index * 100 });
    progress = match.kind === "begun" ? match.progress : null;
    return match.kind === "command" ? [match.command.id] : [];
  });
}

test.each([
  ["e", ["done"]],
  ["g i", ["inbox"]],
  ["g a", ["agent"]],
  ["g i e", ["inbox", "done"]],
  ["g e", ["done"]], // no such sequence: the stroke stands for itself
  ["g g i", ["inbox"]],
  ["x", []],
  ["i", []],
])("%s runs %j", (strokes, ids) => {
  expect(typed(strokes)).toEqual(ids);
});

test("a sequence waits for a moment, and no longer", () => {
  const progress = { strokes: ["g"], at };
  expect(matchStroke({ commands, progress, stroke: "i", now: at + 1200 }).kind).toBe("command");
  expect(matchStroke({ commands, progress, stroke: "i", now: at + 1201 }).kind).toBe("none");
});

test("of two commands with the same keys, the one that came last has them", () => {
  expect(typed("e", [...commands, command("later", "e")])).toEqual(["later"]);
});

test("only what needs a modifier is safe from a stray key", () => {
  expect(["e", "g i", "?", "mod+k"].map(isSingleCharacter)).toEqual([true, true, true, false]);
});
