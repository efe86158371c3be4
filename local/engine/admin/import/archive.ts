/** A snapshot's ZIP as a source. It may have been unpacked and packed again: folders above those of the snapshot mean nothing. */
import { DeveloperError } from "../../errors.ts";
import { invalidTableName } from "../../store/schema-rules.ts";
import type { ComponentPath, Json } from "../../types.ts";
import { parseExportJson, parsePlainJson } from "../../values/export-json.ts";
import { isIdentifier } from "../../values/identifiers.ts";
import { openZip, type ZipMember } from "../zip-reader.ts";
import { readLines } from "./lines.ts";
import { FILES, visitRows, type Source, type SourceTable } from "./source.ts";

const NUMBERS = "_tables";
const DOCUMENTS = /^(.*\/)?([^/]+)\/documents\.jsonl$/;
const ENCODING = /^(.*\/)?([^/]+)\/generated_schema\.jsonl$/;
/** The ending is for people who unpack the archive. */
const FILE = /^(.*\/)?_storage\/([^/.]+)(?:\.[^/]+)?$/;
const COMPONENT = /^(.*\/)?_components\/([^/]+)\/$/;
const MAX_TABLE_NUMBER = 2 ** 32;

type Named = { component: ComponentPath; name: string; member: ZipMember };

/** `base` is the component into which the archive goes. Throws a `DeveloperError` for what is no snapshot. */
export function openArchive(file: Buffer, base: ComponentPath): Source {
  const members = openZip(file);
  const encodings = named(members, ENCODING, base);
  for (const { member } of encodings) requireUniform(member);
  const uniform = new Set(encodings.map(keyOf));
  const tables = named(members, DOCUMENTS, base).map(({ component, name, member }) => {
    const parse = parserOf(name, uniform.has(keyOf({ component, name })));
    return { component, name, rows: () => readLines(member.read(), parse) };
  });
  requireUnique(tables);
  const numbers = tables.filter(({ name }) => name === NUMBERS);
  return {
    numbers: numbers.flatMap(readNumbers),
    tables: tables.filter((table) => isImported(table)),
    files: named(members, FILE, base).flatMap(({ component, name: id, member }) =>
      /^(documents|generated_schema)$/.test(id) ? [] : [{ component, id, read: () => member.read() }],
    ),
  };
}

function named(members: readonly ZipMember[], pattern: RegExp, base: ComponentPath): Named[] {
  return members.flatMap((member) => {
    const [matched, prefix = "", name = ""] = pattern.exec(member.name) ?? [];
    return matched === undefined ? [] : [{ component: componentOf(prefix, base), name, member }];
  });
}

/** `some/folder/_components/a/_components/b/` is `a/b`. */
function componentOf(prefix: string, base: ComponentPath): ComponentPath {
  const names: string[] = [];
  let rest = prefix;
  for (let found = COMPONENT.exec(rest); found !== null; found = COMPONENT.exec(rest)) {
    const [, above = "", name = ""] = found;
    if (!isIdentifier(name)) throw new DeveloperError(`component name '${name}' invalid`);
    names.unshift(name);
    rest = above;
  }
  return [...(base === "" ? [] : [base]), ...names].join("/");
}

/** The engine's own tables stay what they are, but for that of files. */
function isImported({ name }: SourceTable): boolean {
  if (name.startsWith("_")) return name === FILES;
  if (!isIdentifier(name)) throw new DeveloperError(invalidTableName(name));
  return true;
}

/** Documents are encoded as they say; the two tables with a form of their own are plain but for the size of a file. */
function parserOf(name: string, isUniform: boolean): (line: string) => Json {
  return isUniform && !name.startsWith("_") ? parseExportJson : parsePlainJson;
}

/** Of old, a description of all documents stood here, without which strings could not be told from other types. */
function requireUniform({ name, read }: ZipMember): void {
  if (read().toString().trim() === '"uniform"') return;
  throw new DeveloperError(`${name} is of an older kind of snapshot. Export the deployment again to import it here.`);
}

function readNumbers(table: SourceTable): { component: ComponentPath; name: string; number: number }[] {
  const numbers: { component: ComponentPath; name: string; number: number }[] = [];
  visitRows(table, ({ name, id }) => {
    if (typeof name !== "string") throw new DeveloperError("table requires name");
    if (!isIdentifier(name)) throw new DeveloperError(invalidTableName(name));
    const isNumber = typeof id === "number" && Number.isInteger(id) && id > 0 && id < MAX_TABLE_NUMBER;
    if (!isNumber) throw new DeveloperError(`table requires id (received ${JSON.stringify(id)})`);
    numbers.push({ component: table.component, name, number: id });
  });
  return numbers;
}

function requireUnique(tables: readonly SourceTable[]): void {
  const seen = new Set<string>();
  for (const table of tables) {
    if (seen.has(keyOf(table))) throw new DeveloperError(`The ZIP file has the table ${table.name} twice.`);
    seen.add(keyOf(table));
  }
}

function keyOf({ component, name }: Pick<SourceTable, "component" | "name">): string {
  return `${component}:${name}`;
}
