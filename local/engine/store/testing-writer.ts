/** A program for the tests of crashes: inserts documents into the file it is given, says how many are there after each, until killed. */
import { Store } from "./store.ts";
import { schemaOf, tableSchema } from "./testing.ts";

const [, , file = ":memory:"] = process.argv;
const store = new Store({ file, clock: { now: () => Date.now() } });
const users = tableSchema("users", { indexes: [{ indexDescriptor: "by_n", fields: ["n"] }] });
store.pushSchemas(new Map([["", schemaOf(users)]]));
writeOn();

function writeOn(): void {
  const { value: count } = store.write((tx) => {
    const table = tx.ensureTable("", "users");
    const existing = tx.count(table);
    tx.insert(table, { n: existing, text: "x".repeat(2_000) });
    return existing + 1;
  });
  process.send?.(count);
  setImmediate(writeOn);
}
