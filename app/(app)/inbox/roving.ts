type Place = { ids: readonly string[]; currentId: string | null; openId: string | null };

/** The line that Tab leads to: where the focus was last, else the open conversation, else the first. -1 in an empty list. */
export function focusIndex({ ids, currentId, openId }: Place): number {
  const current = currentId === null ? -1 : ids.indexOf(currentId);
  if (current !== -1) return current;
  const open = openId === null ? -1 : ids.indexOf(openId);
  if (open !== -1) return open;
  return ids.length === 0 ? -1 : 0;
}

type Step = { key: string; index: number; count: number };

/** Where a key leads from a line; null when it leads nowhere. Ends are ends: the list does not go round. */
export function nextIndex({ key, index, count }: Step): number | null {
  if (count === 0) return null;
  const last = count - 1;
  const goals = new Map([
    ["j", index + 1],
    ["ArrowDown", index + 1],
    ["k", index - 1],
    ["ArrowUp", index - 1],
    ["Home", 0],
    ["End", last],
  ]);
  const goal = goals.get(key);
  return goal === undefined ? null : Math.min(Math.max(goal, 0), last);
}

/** Where one goes on when a line is done with: the next one, at the end the one before; null when it is the only one, or not there. */
export function neighbourOf(ids: readonly string[], id: string): string | null {
  const index = ids.indexOf(id);
  return index === -1 ? null : (ids[index + 1] ?? ids[index - 1] ?? null);
}
