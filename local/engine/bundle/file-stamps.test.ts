import { mkdirSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { listTree, mayHaveChangedSince, stampOf } from "./file-stamps.ts";
import { makeDirectory } from "./test-directory.ts";

describe("a stamp", () => {
  it("changes when the file is written, also under its old date", () => {
    const file = join(makeDirectory({ "a.ts": "one" }), "a.ts");
    const before = stampOf(file);
    writeFileSync(file, "three");
    utimesSync(file, 1, 1);
    expect(stampOf(file)?.version).not.toBe(before?.version);
  });

  it("changes when another file is put in its place, as editors save", () => {
    const directory = makeDirectory({ "a.ts": "one", "a.new": "one" });
    const file = join(directory, "a.ts");
    const before = stampOf(file);
    renameSync(join(directory, "a.new"), file);
    expect(stampOf(file)?.version).not.toBe(before?.version);
  });

  it("stays while nothing happens, and is null where there is no file", () => {
    const directory = makeDirectory({ "a.ts": "one" });
    expect(stampOf(join(directory, "a.ts"))).toEqual(stampOf(join(directory, "a.ts")));
    expect(stampOf(join(directory, "none.ts"))).toBeNull();
    expect(stampOf(join(directory, "a.ts", "none.ts"))).toBeNull();
  });

  it("tells whether a file was written since a time, give or take the grain of the clock", () => {
    const stamp = { version: "", changedAt: 1000 };
    expect([900, 1000, 1019, 1021].map((time) => mayHaveChangedSince(stamp, time))).toEqual([true, true, true, false]);
    expect(mayHaveChangedSince(null, 0)).toBe(false);
  });
});

describe("a tree", () => {
  it("has all that its author writes, and nothing that tools leave there", () => {
    const root = makeDirectory({
      "a.ts": "",
      "deep/er/b.ts": "",
      "_generated/api.js": "",
      "node_modules/x/index.js": "",
      ".a.ts.swp": "",
      "#a.ts#": "",
      "a.ts~": "",
    });
    const { files, directories } = listTree(root);
    expect(files.map((file) => relative(root, file))).toEqual(["a.ts", "deep/er/b.ts"]);
    expect(directories.map((file) => relative(root, file))).toEqual(["", "deep", "deep/er"]);
  });

  it("is empty where there is none", () => {
    const root = makeDirectory({});
    rmSync(root, { recursive: true });
    expect(listTree(root)).toEqual({ files: [], directories: [root] });
    mkdirSync(root);
    expect(listTree(root).files).toEqual([]);
  });
});
