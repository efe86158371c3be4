import { describe, expect, test } from "vitest";
import { encodeId } from "../../values/ids.ts";
import { wrapInt64 } from "../../values/wrapped.ts";
import { writeZip } from "../zip.ts";
import { openArchive } from "./archive.ts";

const ID = encodeId(540, Buffer.alloc(16, 3));

function open(files: Record<string, string>, base = "") {
  return openArchive(writeZip(Object.entries(files).map(([name, text]) => ({ name, bytes: Buffer.from(text) }))), base);
}

const tablesOf = (source: ReturnType<typeof open>) =>
  source.tables.map(({ component, name }) => `${component}:${name}`);

test("tables, files and numbers are found by their paths, whatever folders lie above them", () => {
  const files = {
    "README.md": "# hello",
    "_tables/documents.jsonl": '{"name":"users","id":10001}\n{"name":"empty","id":10002}\n',
    "users/documents.jsonl": '{"a":1}\n',
    "users/generated_schema.jsonl": '"uniform"\n',
    "_storage/documents.jsonl": `{"_id":"${ID}"}\n`,
    [`_storage/${ID}.png`]: "bytes",
    "_components/a/_components/b/t/documents.jsonl": "",
    "_crons/documents.jsonl": "{}",
  };
  for (const above of ["", "snapshot 1/"]) {
    const source = open(Object.fromEntries(Object.entries(files).map(([name, text]) => [above + name, text])));
    expect(tablesOf(source)).toEqual([":users", ":_storage", "a/b:t"]);
    expect(source.numbers).toEqual([
      { component: "", name: "users", number: 10_001 },
      { component: "", name: "empty", number: 10_002 },
    ]);
    expect(source.files.map(({ component, id, read }) => [component, id, String(read())])).toEqual([["", ID, "bytes"]]);
  }
});

test("an archive goes into the component that it is imported into", () => {
  const source = open({ "t/documents.jsonl": "", "_components/c/t/documents.jsonl": "" }, "a/b");
  expect(tablesOf(source)).toEqual(["a/b:t", "a/b/c:t"]);
});

test("documents are read in the encoding that they are said to have", () => {
  const source = open({
    "exported/documents.jsonl": '{"int":1,"float":1.0}\n',
    "exported/generated_schema.jsonl": '"uniform"\n',
    "written/documents.jsonl": '{"int":1,"float":1.0}\n',
  });
  const [exported, written] = source.tables.map(({ rows }) => [...rows()]);
  expect(exported).toEqual([{ int: wrapInt64(1n), float: 1 }]);
  expect(written).toEqual([{ int: 1, float: 1 }]);
});

describe("what is no snapshot is refused", () => {
  test.each<[Record<string, string>, RegExp]>([
    [{ "t/generated_schema.jsonl": '"{\\"a\\": int64}"' }, /of an older kind of snapshot/],
    [{ "1st/documents.jsonl": "" }, /Invalid table name: "1st"/],
    [{ "_components/a b/t/documents.jsonl": "" }, /component name 'a b' invalid/],
    [{ "t/documents.jsonl": "", "copy/t/documents.jsonl": "" }, /has the table t twice/],
    [{ "_tables/documents.jsonl": '{"id":1}' }, /Row 1 of "_tables".*table requires name/],
    [{ "_tables/documents.jsonl": '{"name":"_crons","id":1}' }, /Invalid table name/],
    [{ "_tables/documents.jsonl": '{"name":"t","id":1.5}' }, /table requires id \(received 1.5\)/],
    [{ "_tables/documents.jsonl": '{"name":"t","id":4294967296}' }, /table requires id/],
    [{ "_tables/documents.jsonl": '{"name":"t","id":1}\n7' }, /Row 2 of "_tables".*not an object/],
  ])("%j", (files, message) => {
    expect(() => open(files)).toThrow(message);
  });
});
