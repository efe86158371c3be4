import { expect, test } from "vitest";
import { discoverModules, findSpecialFile } from "./discover.ts";
import { makeDirectory } from "./test-directory.ts";

const MODULE = "export const x = 1;\n";

function discover(files: Record<string, string>): { isolate: string[]; node: string[] } {
  const { isolate, node } = discoverModules(makeDirectory(files));
  return { isolate: isolate.map(({ path }) => path), node: node.map(({ path }) => path) };
}

test("modules are found in every directory and named by their path", () => {
  const found = discover({ "b.ts": MODULE, "a.js": MODULE, "inbox/list.tsx": MODULE, "inbox/deep/x.mjs": MODULE });
  expect(found).toEqual({ isolate: ["a", "b", "inbox/deep/x", "inbox/list"], node: [] });
});

test("what Convex does not deploy is left out", () => {
  const found = discover({
    "_generated/api.js": MODULE,
    "messages.test.ts": MODULE,
    "auth.config.ts": MODULE,
    "convex.config.ts": MODULE,
    "schema.ts": MODULE,
    ".hidden.ts": MODULE,
    "#emacs.ts": MODULE,
    "with space.ts": MODULE,
    "README.md": "# words",
    "empty.ts": "// no export\n",
    "types.d.ts": MODULE,
    "part/convex.config.ts": MODULE,
    "part/own.ts": MODULE,
    "kept.ts": MODULE,
  });
  expect(found).toEqual({ isolate: ["kept"], node: [] });
});

test(`"use node" modules are set apart`, () => {
  const found = discover({ "a.ts": MODULE, "b.ts": `"use node";\n${MODULE}` });
  expect(found).toEqual({ isolate: ["a"], node: ["b"] });
});

test.each([
  ["http.ts", `"use node";\n${MODULE}`, `"use node" directive is not allowed for http`],
  ["crons.ts", `"use node";\n${MODULE}`, `"use node" directive is not allowed for crons`],
  ["actions/send.ts", MODULE, `is in the actions/ directory but has no "use node"`],
  ["_deps/chunk.ts", MODULE, `"_deps" is reserved`],
])("%s is refused with the reason", (name, text, message) => {
  expect(() => discover({ [name]: text })).toThrow(message);
});

test("a special file may be TypeScript or JavaScript, TypeScript first", () => {
  const directory = makeDirectory({ "schema.js": MODULE, "auth.config.js": MODULE, "auth.config.ts": MODULE });
  expect(findSpecialFile(directory, "schema")).toMatch(/schema\.js$/);
  expect(findSpecialFile(directory, "auth.config")).toMatch(/auth\.config\.ts$/);
  expect(findSpecialFile(directory, "convex.config")).toBeNull();
});
