import { describe, expect, test } from "vitest";
import { openZip } from "./zip-reader.ts";
import { writeZip } from "./zip.ts";

const DAMAGED = "The ZIP file cannot be read";

function readAll(file: Buffer): Map<string, string> {
  return new Map(openZip(file).map((member) => [member.name, String(member.read())]));
}

/** Written by Python's zipfile: a folder, a file in it that is not packed, and a note at the end. */
const FOREIGN = [
  "UEsDBBQAAAAAAAAAIQAAAAAAAAAAAAAAAAAGAAAAcGFzdGEvUEsDBBQAAAgAAAAAIQDOc2ngCQAAAAkAAAAOAAAAcGFzdGEvb2zD",
  "oS50eHRjb250ZcO6ZG9QSwECFAMUAAAAAAAAACEAAAAAAAAAAAAAAAAABgAAAAAAAAAAABAA/0EAAAAAcGFzdGEvUEsBAhQDFAAA",
  "CAAAAAAhAM5zaeAJAAAACQAAAA4AAAAAAAAAAAAAAIABJAAAAHBhc3RhL29sw6EudHh0UEsFBgAAAAACAAIAcAAAAFkAAAAGAGEg",
  "bm90ZQ==",
].join("");

test("what another program wrote is read, without its folders", () => {
  expect(readAll(Buffer.from(FOREIGN, "base64"))).toEqual(new Map([["pasta/olá.txt", "conteúdo"]]));
});

/** What each file of an archive holds, or how it is refused. */
function outcomesOf(file: Buffer): Set<string> {
  try {
    return new Set(readAll(file).values());
  } catch (error) {
    return new Set([String(error)]);
  }
}

describe("damage", () => {
  const entries = [
    { name: "one", bytes: Buffer.from("first first first") },
    { name: "two", bytes: Buffer.from("second") },
  ];
  const whole = writeZip(entries);

  test("a file that breaks off anywhere is refused", () => {
    for (let at = 0; at < whole.length; at++) {
      expect(() => readAll(whole.subarray(0, at)), `${at} bytes`).toThrow(DAMAGED);
    }
  });

  test("whatever byte is another, it is refused or nothing of the content is lost", () => {
    const harmless = new RegExp(`${DAMAGED}|^first first first$|^second$`);
    for (let at = 0; at < whole.length; at++) {
      const bent = Buffer.from(whole);
      bent[at] = (bent[at] ?? 0) ^ 0xff;
      expect(
        [...outcomesOf(bent)].filter((outcome) => !harmless.test(outcome)),
        `byte ${at}`,
      ).toEqual([]);
    }
  });

  test("content that is not what its CRC says is named", () => {
    const bent = Buffer.from(whole);
    const content = bent.indexOf("one") + 3;
    bent[content + 2] = (bent[content + 2] ?? 0) ^ 0xff;
    const [first] = openZip(bent);
    expect(() => first?.read()).toThrow(DAMAGED);
  });

  test("what is encrypted is refused", () => {
    const locked = Buffer.from(whole);
    locked[locked.indexOf("PK\u0001\u0002") + 8] = 1;
    expect(() => openZip(locked)).toThrow(/one is encrypted/);
  });
});

describe("what it would unpack to", () => {
  const file = writeZip([
    { name: "a", bytes: Buffer.alloc(60_000) },
    { name: "b", bytes: Buffer.alloc(60_000) },
  ]);

  test("is bounded before anything is unpacked", () => {
    expect(() => openZip(file, { maxBytes: 100_000 })).toThrow(/unpack to 120000 bytes, and 100000 is the most/);
    expect(openZip(file, { maxBytes: 120_000 })).toHaveLength(2);
  });

  test("is no more than it says", () => {
    const lying = Buffer.from(file);
    lying.writeUInt32LE(10, lying.indexOf("PK\u0001\u0002") + 24);
    const [first] = openZip(lying, { maxBytes: 100_000 });
    expect(() => first?.read()).toThrow(DAMAGED);
  });
});

test.each(["../../etc/passwd", "a/../../b", "/etc/passwd", "C:/x", "a\\..\\b", "a\0b"])(
  "the name %j is refused",
  (name) => {
    expect(() => openZip(writeZip([{ name, bytes: Buffer.from("x") }]))).toThrow(/is no path inside of it/);
  },
);

/** A file, its directory and the directory's end with all their numbers where ZIP64 keeps them. */
const LARGE = [
  "UEsDBC0AAAgIAAAAIQCTEb6F//////////8VABQAdXNlcnMvZG9jdW1lbnRzLmpzb25sAQAQAAgAAAAAAAAACgAAAAAAAACrVspT",
  "sjKs5QIAUEsBAi0ALQAACAgAAAAhAJMRvoX//////////xUAIAAAAAAAAAAAAAAA/////3VzZXJzL2RvY3VtZW50cy5qc29ubFVU",
  "AAABABgACAAAAAAAAAAKAAAAAAAAAAAAAAAAAAAAUEsGBiwAAAAAAAAALQAtAAAAAAAAAAAAAQAAAAAAAAABAAAAAAAAAGMAAAAA",
  "AAAAUQAAAAAAAABQSwYHAAAAALQAAAAAAAAAAQAAAFBLBQYAAAAA////////////////AAA=",
].join("");

test("numbers are found where ZIP64 keeps them", () => {
  expect(readAll(Buffer.from(LARGE, "base64"))).toEqual(new Map([["users/documents.jsonl", '{"n":1}\n']]));
});
