import type { MessageRow } from "./message-row.ts";

export type ReactionGroup = { emoji: string; count: number; ours: boolean; names: string[] };

/** Equal reactions as one, in the order in which they came. `names` holds the contacts that are known by name. */
export function groupReactions(reactions: MessageRow["reactions"]): ReactionGroup[] {
  const groups = new Map<string, ReactionGroup>();
  for (const { emoji, by, name } of reactions) {
    const group = groups.get(emoji) ?? { emoji, count: 0, ours: false, names: [] };
    groups.set(emoji, {
      emoji,
      count: group.count + 1,
      ours: group.ours || by === "us",
      names: by === "contact" && name !== null ? [...group.names, name] : group.names,
    });
  }
  return [...groups.values()];
}
