import { DeveloperError } from "../../errors.ts";
import { isSystemTable } from "../../store/system-tables.ts";
import type { ImportMode } from "./request.ts";

export type NumberingInput = {
  mode: ImportMode;
  /** The tables that are there, with their numbers. */
  existing: ReadonlyMap<string, number>;
  /** What the snapshot says of its tables; it may name some of which it has no documents. */
  listed: readonly { name: string; number: number }[];
  /** The tables that come, with the number in the id of their first document; null where that has none. */
  imported: readonly { name: string; firstNumber: number | null }[];
  /** The tables that the schema declares. */
  declared: readonly string[];
};

/**
 * The numbers that the tables of one component get, as production gives them: ids are never rewritten, so a table takes the number that
 * its ids have, and one without ids keeps its own. Null is any number that is free. Throws a `DeveloperError` when two tables would have one number.
 */
export function assignNumbers(input: NumberingInput): Map<string, number | null> {
  const { mode, existing, listed, imported, declared } = input;
  const numbers = new Map<string, number | null>();
  const owners = new Map<number, string>();
  const give = (name: string, number: number) => {
    const owner = owners.get(number);
    if (owner !== undefined) {
      throw new DeveloperError(`conflict between \`${owner}\` and \`${name}\` with number ${number}`);
    }
    owners.set(number, name);
    numbers.set(name, number);
  };
  for (const { name, number } of listed) {
    if (numbers.has(name)) throw new DeveloperError(`\`_tables\` contains duplicate entries for \`${name}\``);
    give(name, number);
  }
  for (const { name, firstNumber } of imported) {
    if (!numbers.has(name) && firstNumber !== null) give(name, firstNumber);
  }
  for (const name of [...imported.map((table) => table.name), ...(mode === "replaceAll" ? declared : [])]) {
    if (numbers.has(name)) continue;
    const own = existing.get(name);
    if (own !== undefined && !owners.has(own)) give(name, own);
    else numbers.set(name, null);
  }
  requireFree(input, { numbers, owners });
  if (mode === "append")
    for (const name of numbers.keys()) numbers.set(name, existing.get(name) ?? numbers.get(name) ?? null);
  return numbers;
}

/** A number of a table that stays cannot be another's. */
function requireFree(
  { mode, existing }: NumberingInput,
  { numbers, owners }: { numbers: ReadonlyMap<string, number | null>; owners: ReadonlyMap<number, string> },
): void {
  for (const [name, number] of existing) {
    const owner = owners.get(number);
    const stays = mode === "append" || (!numbers.has(name) && (mode !== "replaceAll" || isSystemTable(name)));
    if (owner === undefined || owner === name || !stays) continue;
    throw new DeveloperError(
      isSystemTable(name)
        ? `New table ${owner} has IDs that conflict with existing internal table. Consider importing this table without \`_id\` fields or import into a new deployment.`
        : `New table ${owner} has IDs that conflict with existing table ${name}`,
    );
  }
}
