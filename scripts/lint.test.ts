import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";

/** A violation planted in a file of its own, and the one rule that has to find it. */
type Planted = { rule: string; path: string; source: string };

const lines = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => line(i)).join("\n");
const longFile = (count: number) => lines(count, (i) => `export const line${i} = ${i};`);

const PLANTED: readonly Planted[] = [
  { rule: "eslint(max-lines)", path: "lib/long.ts", source: longFile(301) },
  { rule: "eslint(max-lines)", path: "app/long.tsx", source: longFile(151) },
  { rule: "eslint(max-lines)", path: "lib/long.test.ts", source: longFile(501) },
  {
    rule: "eslint(max-lines-per-function)",
    path: "lib/long-function.ts",
    source: `export function long(): number {\n  let sum = 0;\n${lines(50, (i) => `  sum += ${i};`)}\n  return sum;\n}\n`,
  },
  {
    rule: "typescript(no-explicit-any)",
    path: "lib/any.ts",
    source: "export function take(value: any): void {\n  void value;\n}\n",
  },
  {
    rule: "typescript(no-non-null-assertion)",
    path: "lib/bang.ts",
    source: "export function first(names: string[]): string {\n  return names[0]!;\n}\n",
  },
  {
    rule: "typescript(consistent-type-assertions)",
    path: "lib/cast.ts",
    source: "export function cast(value: unknown): string {\n  return value as string;\n}\n",
  },
  {
    rule: "typescript(ban-ts-comment)",
    path: "lib/ignore.ts",
    source: "// @ts-ignore\nexport const size: number = Number('1');\n",
  },
  {
    rule: "house(no-type-predicate)",
    path: "lib/predicate.ts",
    source: "export function isText(value: unknown): value is string {\n  return value !== null;\n}\n",
  },
  {
    rule: "typescript(no-floating-promises)",
    path: "lib/floating.ts",
    source: "export function start(work: () => Promise<void>): void {\n  work();\n}\n",
  },
  {
    rule: "typescript(no-misused-promises)",
    path: "lib/misused.ts",
    source:
      "export function listen(on: (then: () => void) => void, work: () => Promise<void>): void {\n  on(work);\n}\n",
  },
  {
    rule: "typescript(await-thenable)",
    path: "lib/thenable.ts",
    source:
      "export async function wait(size: number): Promise<number> {\n  const same = await size;\n  return same;\n}\n",
  },
  {
    rule: "typescript(switch-exhaustiveness-check)",
    path: "lib/switch.ts",
    source:
      'export function rank(role: "owner" | "admin"): number {\n  switch (role) {\n    case "owner":\n      return 1;\n  }\n  return 2;\n}\n',
  },
  { rule: "import(no-default-export)", path: "lib/default.ts", source: "const size = 1;\nexport default size;\n" },
  { rule: "house(no-reexport)", path: "lib/index.ts", source: 'export { start } from "./floating.ts";\n' },
  { rule: "house(no-reexport)", path: "lib/all.ts", source: 'export * from "./floating.ts";\n' },
  {
    rule: "import(no-default-export)",
    path: "local/engine/default.ts",
    source: "const size = 1;\nexport default size;\n",
  },
  { rule: "eslint(no-console)", path: "lib/print.ts", source: 'console.log("x");\n' },
  { rule: "unicorn(filename-case)", path: "lib/camelCase.ts", source: "export const size = 1;\n" },
  { rule: "unicorn(filename-case)", path: "convex/inbox/kebab-case.ts", source: "export const size = 1;\n" },
  {
    rule: "vitest(no-focused-tests)",
    path: "lib/focused.test.ts",
    source: 'import { expect, it } from "vitest";\nit.only("is focused", () => expect(1).toBe(1));\n',
  },
  {
    rule: "vitest(no-disabled-tests)",
    path: "lib/skipped.test.ts",
    source: 'import { expect, it } from "vitest";\nit.skip("is skipped", () => expect(1).toBe(1));\n',
  },
  {
    rule: "@convex-dev(no-filter-in-query)",
    path: "convex/inbox/filter.ts",
    source: convexFunction("ctx.db.query('messages').filter((q) => q.eq(q.field('orgId'), 'o')).take(5)"),
  },
  {
    rule: "@convex-dev(no-collect-in-query)",
    path: "convex/inbox/collect.ts",
    source: convexFunction("ctx.db.query('messages').collect()"),
  },
  {
    rule: "@convex-dev(explicit-table-ids)",
    path: "convex/inbox/table.ts",
    source: convexFunction("ctx.db.get(ctx.id)"),
  },
  {
    rule: "@convex-dev(no-process-env)",
    path: "convex/inbox/env.ts",
    source: "export const secret = process.env.SECRET;\n",
  },
  {
    rule: "eslint(no-restricted-imports)",
    path: "convex/inbox/raw.ts",
    source: 'import { query } from "../_generated/server";\nexport const builder = { query };\n',
  },
  {
    rule: "@convex-dev(no-top-of-hour-crons)",
    path: "convex/crons.ts",
    source: `import { cronJobs } from "convex/server";
const crons = cronJobs();
crons.cron("sweep", "0 * * * *", "ops/jobs:sweep", {});
export default crons;
`,
  },
  {
    rule: "@convex-dev(no-duplicate-indexes)",
    path: "convex/inbox/tables.ts",
    source: `import { defineTable } from "convex/server";
export const messages = defineTable({}).index("by_org", ["orgId"]).index("by_org_again", ["orgId"]);
`,
  },
  {
    rule: "@convex-dev(import-wrong-runtime)",
    path: "convex/inbox/runtime.ts",
    source: 'import { send } from "./nodeOnly.ts";\nexport const sender = { send };\n',
  },
  {
    rule: "house(function-contract)",
    path: "convex/inbox/contract.ts",
    source:
      'import { orgQuery } from "../functions.ts";\nexport const list = orgQuery({ args: {}, handler: () => null });\n',
  },
];

/** What the same rules must let through. */
const CLEAN: readonly Omit<Planted, "rule">[] = [
  { path: "app/page.tsx", source: "export default function Page() {\n  return <p>Qify</p>;\n}\n" },
  { path: "lib/connectors/evolution/index.ts", source: 'export { start } from "../../floating.ts";\n' },
  { path: "lib/long-comment.ts", source: `${lines(400, () => "// why")}\nexport const size = [1] as const;\n` },
  { path: "convex/test.setup.ts", source: longFile(301) },
  { path: "convex/auth.config.ts", source: "export default { providers: [process.env.ISSUER] };\n" },
  { path: "convex/inbox/messageParts.ts", source: convexFunction("ctx.db.get('messages', ctx.id)") },
  {
    path: "lib/assert.ts",
    source:
      "export function assert(condition: unknown): asserts condition {\n  if (!condition) throw new Error('no');\n}\n",
  },
  { path: "convex/inbox/nodeOnly.ts", source: '"use node";\nexport const send = 1;\n' },
  { path: "scripts/print.ts", source: 'console.log("printed");\n' },
];

let root: string;
let found: Map<string, string[]>;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "qify-lint-"));
  for (const file of [".oxlintrc.json", "tsconfig.json", "scripts/lint-plugin.ts"]) {
    mkdirSync(join(root, dirname(file)), { recursive: true });
    copyFileSync(file, join(root, file));
  }
  writeFileSync(join(root, "package.json"), '{ "type": "module" }');
  symlinkSync(join(process.cwd(), "node_modules"), join(root, "node_modules"));
  for (const { path, source } of [...PLANTED, ...CLEAN]) {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    writeFileSync(join(root, path), source);
  }
  found = lint(root);
}, 60_000);

afterAll(() => rmSync(root, { recursive: true, force: true }));

describe("the lint configuration", () => {
  it.each(PLANTED)("finds $rule in $path", ({ rule, path }) => {
    expect(found.get(path)).toEqual([rule]);
  });

  it.each(CLEAN)("lets $path through", ({ path }) => {
    expect(found.get(path)).toBeUndefined();
  });
});

function convexFunction(expression: string): string {
  return `import { orgQuery } from "../functions.ts";
export const load = orgQuery({
  args: {},
  returns: null,
  handler: async (ctx) => {
    return ${expression};
  },
});
`;
}

/** Codes of what oxlint found, by file. */
function lint(directory: string): Map<string, string[]> {
  const report = z
    .object({ diagnostics: z.array(z.object({ code: z.string(), filename: z.string() })) })
    .parse(JSON.parse(runOxlint(directory)));
  const byFile = new Map<string, string[]>();
  for (const { code, filename } of report.diagnostics) byFile.set(filename, [...(byFile.get(filename) ?? []), code]);
  return byFile;
}

function runOxlint(directory: string): string {
  try {
    return execFileSync(
      "oxlint",
      ["--format=json", ...new Set(PLANTED.map(({ path }) => path.split("/")[0] ?? path)), "scripts"],
      { cwd: directory, encoding: "utf8" },
    );
  } catch (error) {
    return z.object({ stdout: z.string() }).parse(error).stdout;
  }
}
