/**
 * I7, the tenant wall: a `db` that knows one organization's rows. A foreign row does not exist for `get`, a query that
 * meets one fails (its index does not begin with the tenant: a bug), and no write makes, moves or takes one. A row says
 * whose it is by `orgId`; a table without one is out of reach, and so is every method that is not named here.
 */
import { fail } from "../lib/errors.ts";
import type { Id } from "./_generated/dataModel";

type OrgId = Id<"organizations">;
type Methods = Readonly<Record<string, (...args: readonly unknown[]) => unknown>>;
/**
 * `known`: ids of rows that this transaction has seen to be the organization's. A row never changes hands, so a write to one
 * need not look again; a deleted one is forgotten.
 */
type Side = { orgId: OrgId; table: unknown; known: Set<unknown> };

/** `db` (a reader or a writer) as the organization `orgId` may use it. Rows are named with their table: `get("contacts", id)`. */
export function wall<Db extends object>(db: Db, orgId: OrgId): Db {
  const known = new Set<unknown>();
  return expose(db, {
    normalizeId: (...args) => call(db, "normalizeId", args),
    get: (table, id) => loadOwn(db, { orgId, known, table, id }),
    query: (table) => wallQuery(call(db, "query", [table]), { orgId, known, table }),
    insert: (table, fields) => {
      if (table === "organizations") throw new Error("An organization cannot make another");
      if (fieldOf(fields, "orgId") !== orgId)
        throw new Error(`The new row of ${String(table)} is not of this organization`);
      return call(db, "insert", [table, fields]);
    },
    patch: (table, id, fields) => writeOwn(db, { orgId, known, table, id, fields, method: "patch" }),
    replace: (table, id, fields) => writeOwn(db, { orgId, known, table, id, fields, method: "replace" }),
    delete: (table, id) => writeOwn(db, { orgId, known, table, id, method: "delete" }),
  });
}

/** `target` with these methods and nothing else. */
function expose<T extends object>(target: T, methods: Methods): T {
  return new Proxy(target, {
    get: (_target, name) => (typeof name === "string" && Object.hasOwn(methods, name) ? methods[name] : undefined),
  });
}

async function loadOwn(db: object, { id, ...side }: Side & { id: unknown }): Promise<unknown> {
  if (id === undefined) throw new Error("Name the table: db.get(table, id)");
  const row = await call(db, "get", [side.table, id]);
  if (!isOwn(row, side)) return null;
  side.known.add(id);
  return row;
}

type Write = Side & { id: unknown; fields?: unknown; method: "patch" | "replace" | "delete" };

async function writeOwn(db: object, { id, fields, method, ...side }: Write): Promise<unknown> {
  const { orgId, table, known } = side;
  if (!known.has(id) && (await loadOwn(db, { ...side, id })) === null) {
    return fail("not_found", { what: String(table) });
  }
  const moves = typeof fields === "object" && fields !== null && "orgId" in fields && fields.orgId !== orgId;
  if (moves) throw new Error(`A row of ${String(table)} stays with its organization`);
  if (method === "delete") known.delete(id);
  return call(db, method, fields === undefined ? [table, id] : [table, id, fields]);
}

function wallQuery(query: unknown, side: Side): unknown {
  if (typeof query !== "object" || query === null) throw new Error("A query is an object");
  const step =
    (name: string) =>
    (...args: readonly unknown[]) =>
      wallQuery(call(query, name, args), side);
  const read =
    (name: string, rowsOf: (result: unknown) => unknown) =>
    async (...args: readonly unknown[]) => {
      const result = await call(query, name, args);
      requireOwn(rowsOf(result), side);
      return result;
    };
  const methods: Methods = {
    withIndex: step("withIndex"),
    withSearchIndex: step("withSearchIndex"),
    order: step("order"),
    filter: step("filter"),
    first: read("first", (row) => [row]),
    unique: read("unique", (row) => [row]),
    take: read("take", (rows) => rows),
    collect: read("collect", (rows) => rows),
    paginate: read("paginate", (result) => fieldOf(result, "page")),
    next: read("next", (result) => [fieldOf(result, "value")]),
    return: () => call(query, "return", []),
  };
  const exposed = expose(query, methods);
  return new Proxy(exposed, {
    get: (target, name) => (name === Symbol.asyncIterator ? () => exposed : Reflect.get(target, name)),
  });
}

function requireOwn(rows: unknown, side: Side): void {
  if (!Array.isArray(rows)) return;
  const foreign = rows.some((row: unknown) => row !== null && row !== undefined && !isOwn(row, side));
  if (foreign) throw new Error(`A query of ${String(side.table)} met a row of another organization`);
  for (const row of rows) if (isOwn(row, side)) side.known.add(fieldOf(row, "_id"));
}

function isOwn(row: unknown, { orgId, table }: Pick<Side, "orgId" | "table">): boolean {
  return fieldOf(row, table === "organizations" ? "_id" : "orgId") === orgId;
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

function call(target: object, name: string, args: readonly unknown[]): unknown {
  const method: unknown = Reflect.get(target, name, target);
  if (typeof method !== "function") throw new Error(`There is no ${name} here`);
  return method.apply(target, args);
}
