/** From keys that are pressed to commands. By the character that is typed, not by the place of the key, so that it holds on every keyboard. */
import type { Command } from "./command.ts";

type KeyPress = {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  getModifierState: (key: "AltGraph") => boolean;
};

/** `j`, `?`, `mod+k`; null for what no command can be bound to. AltGr types characters, on Windows as Ctrl+Alt. */
export function strokeOf(press: KeyPress): string | null {
  if (press.key.length !== 1 || press.key === " ") return null;
  const character = press.key.toLowerCase();
  if (press.getModifierState("AltGraph")) return character;
  if (press.altKey) return null;
  return press.ctrlKey || press.metaKey ? `mod+${character}` : character;
}

/** The strokes of a sequence so far, and when the last one came (epoch ms). */
export type Progress = { strokes: readonly string[]; at: number };

const nothing: readonly string[] = [];
/** Who takes longer than this for the next stroke has begun anew. */
const patienceMs = 1200;

export type Match =
  | { kind: "command"; command: Command }
  | { kind: "begun"; progress: Progress }
  /** The key is somebody else's. */
  | { kind: "none" };

type Typed = { commands: readonly Command[]; progress: Progress | null; stroke: string; now: number };

/** A stroke continues the sequence that was begun, or else begins one. Of two commands with the same keys, the one that came last. */
export function matchStroke({ commands, progress, stroke, now }: Typed): Match {
  const before = progress !== null && now - progress.at <= patienceMs ? progress.strokes : nothing;
  const continued = matchStrokes(commands, [...before, stroke], now);
  return continued.kind === "none" && before.length > 0 ? matchStrokes(commands, [stroke], now) : continued;
}

function matchStrokes(commands: readonly Command[], strokes: readonly string[], now: number): Match {
  const keys = strokes.join(" ");
  const command = commands.findLast((candidate) => candidate.keys === keys);
  if (command !== undefined) return { kind: "command", command };
  const isBegun = commands.some((candidate) => candidate.keys?.startsWith(`${keys} `));
  return isBegun ? { kind: "begun", progress: { strokes, at: now } } : { kind: "none" };
}

/** Whether a command needs no modifier: people who dictate, or whose hands shake, may switch these off (WCAG 2.1.4). */
export function isSingleCharacter(keys: string): boolean {
  return !keys.includes("mod+");
}
