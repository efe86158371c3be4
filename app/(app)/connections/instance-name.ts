const MAX_LENGTH = 60;

/** A name for an instance that servers accept, of names that people gave: letters without accents, digits and dashes. */
export function suggestInstanceName(...names: string[]): string {
  const plain = names.join("-").normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
  return plain
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, MAX_LENGTH)
    .replaceAll(/^-+|-+$/g, "");
}
