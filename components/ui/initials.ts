/** One or two capitals: of the first and the last word that begin with a letter or a digit; "?" when there is none. */
export function initialsOf(name: string): string {
  const words = name.split(/[\s@._-]+/u).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  const first = words.at(0);
  if (first === undefined) return "?";
  const last = words.length > 1 && !name.includes("@") ? words.at(-1) : undefined;
  return initialOf(first) + (last === undefined ? "" : initialOf(last));
}

/** A number in `0 … count - 1` that depends on the name alone (FNV-1a). */
export function toneOf(name: string, count: number): number {
  let hash = 0x811c9dc5;
  for (const character of name.trim().toLowerCase()) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return (hash >>> 0) % count;
}

function initialOf(word: string): string {
  const code = word.codePointAt(0);
  return code === undefined ? "" : String.fromCodePoint(code).toLocaleUpperCase();
}
