import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { forbidden } from "./arrow-rules.ts";
import { checkArrows, listSources, listUnseen } from "./arrows.ts";

/** Forbidden imports, one file each, and the rules that have to find them. */
const PLANTED: readonly { from: string; to: string; rules: readonly string[] }[] = [
  { from: "lib/circle-back.ts", to: "lib/circle.ts", rules: ["no-circle"] },
  { from: "lib/dangling.ts", to: "lib/no-such-file.ts", rules: ["resolves"] },
  { from: "scripts/starts-local.ts", to: "local/main.ts", rules: ["nothing-imports-local", "scripts-stand-alone"] },
  { from: "components/uses-route.tsx", to: "app/page.tsx", rules: ["nothing-imports-app"] },
  { from: "app/uses-function.ts", to: "convex/inbox/model.ts", rules: ["ui-sees-generated-convex-only"] },
  { from: "components/ui/uses-lib.ts", to: "lib/time.ts", rules: ["primitives-import-primitives"] },
  { from: "lib/uses-convex.ts", to: "convex/_generated/api.ts", rules: ["lib-imports-lib"] },
  { from: "lib/domain/uses-time.ts", to: "lib/time.ts", rules: ["domain-imports-domain"] },
  {
    from: "lib/agent/uses-connector.ts",
    to: "lib/connectors/types.ts",
    rules: ["agent-imports-domain"],
  },
  {
    from: "lib/connectors/evolution/uses-other.ts",
    to: "lib/connectors/webchat/api.ts",
    rules: ["connectors-are-strangers"],
  },
  { from: "convex/inbox/sends.ts", to: "lib/connectors/webchat/api.ts", rules: ["registry-imports-providers"] },
  { from: "convex/inbox/uses-ui.ts", to: "components/ui/button.tsx", rules: ["convex-imports-lib"] },
  { from: "convex/inbox/uses-domain.ts", to: "convex/agent/turns.ts", rules: ["domains-meet-through-model"] },
  { from: "convex/http.ts", to: "convex/agent/turns.ts", rules: ["roots-meet-domains-through-model"] },
  { from: "convex/schema.ts", to: "convex/agent/turns.ts", rules: ["schema-imports-tables"] },
  { from: "convex/agent/tables.ts", to: "convex/functions.ts", rules: ["tables-import-validators"] },
  { from: "local/uses-ui.ts", to: "components/ui/button.tsx", rules: ["local-imports-convex-and-lib"] },
  { from: "scripts/uses-lib.ts", to: "lib/time.ts", rules: ["scripts-stand-alone"] },
  { from: "lib/uses-suite.ts", to: "lib/suite.test.ts", rules: ["nothing-imports-tests"] },
  { from: "lib/a/b/c/d/deep.ts", to: "lib/time.ts", rules: ["shallow-folders"] },
];

/** Imports that the design asks for. */
const ALLOWED: readonly { from: string; to: string }[] = [
  { from: "app/inbox/page.tsx", to: "components/ui/button.tsx" },
  { from: "app/inbox/live.ts", to: "convex/_generated/api.ts" },
  { from: "components/ui/button.tsx", to: "lib/cn.ts" },
  { from: "lib/agent/plan.ts", to: "lib/domain/score.ts" },
  { from: "lib/connectors/registry.ts", to: "lib/connectors/webchat/api.ts" },
  { from: "lib/connectors/webchat/api.ts", to: "lib/connectors/types.ts" },
  { from: "convex/inbox/messages.ts", to: "convex/agent/model.ts" },
  { from: "convex/inbox/replies.ts", to: "convex/functions.ts" },
  { from: "convex/inbox/tables.ts", to: "convex/validators.ts" },
  { from: "local/main.ts", to: "lib/time.ts" },
  { from: "local/seed/rows.ts", to: "convex/_generated/api.ts" },
  { from: "lib/contract.test.ts", to: "local/main.ts" },
  { from: "e2e/journey.ts", to: "local/main.ts" },
];

/** Files that others import and that import nothing. */
const LEAVES = [
  "app/page.tsx",
  "components/ui/plain.tsx",
  "convex/_generated/api.ts",
  "convex/agent/model.ts",
  "convex/agent/turns.ts",
  "convex/functions.ts",
  "convex/inbox/model.ts",
  "convex/validators.ts",
  "lib/cn.ts",
  "lib/connectors/types.ts",
  "lib/domain/score.ts",
  "lib/suite.test.ts",
  "lib/time.ts",
];

const ALIASED = "components/aliased.ts";
const NPM_DEV = "lib/uses-dev-package.ts";

let root: string;
let problems: string[];
let seen: number;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "qify-arrows-"));
  write("tsconfig.json", '{ "compilerOptions": { "paths": { "@/*": ["./*"] } } }');
  write("package.json", '{ "devDependencies": { "left": "1.0.0" } }');
  write("node_modules/left/package.json", '{ "name": "left", "version": "1.0.0", "main": "index.js" }');
  write("node_modules/left/index.js", "module.exports = 1;");
  for (const leaf of LEAVES) write(leaf, "export const leaf = 1;\n");
  for (const { from, to } of [...PLANTED, ...ALLOWED]) write(from, importOf(from, to));
  write("lib/circle.ts", importOf("lib/circle.ts", "lib/circle-back.ts"));
  write(NPM_DEV, 'import left from "left";\nexport const used = left;\n');
  write(ALIASED, 'import { leaf } from "@/app/page.tsx";\nexport const used = leaf;\n');
  const files = [ALIASED, ...LEAVES, ...PLANTED.map(({ from }) => from), ...ALLOWED.map(({ from }) => from), NPM_DEV];
  ({ problems, seen } = await checkArrows(root, files));
}, 30_000);

afterAll(() => rmSync(root, { recursive: true, force: true }));

describe("the import arrows", () => {
  it.each(PLANTED)("forbid $from → $to", ({ from, to, rules }) => {
    const found = problems.filter((problem) => problem.includes(`: ${from} → `));
    expect(new Set(found.map((problem) => problem.split(":")[0]))).toEqual(new Set(rules));
    expect(found[0]).toContain(to.endsWith("no-such-file.ts") ? "no-such-file.ts" : to);
  });

  it.each(ALLOWED)("allow $from → $to", ({ from }) => {
    expect(problems.filter((problem) => problem.includes(`: ${from} → `))).toEqual([]);
  });

  it("keep development packages out of the product", () => {
    expect(problems.filter((problem) => problem.includes(NPM_DEV))).toHaveLength(1);
  });

  it("see through the alias @/", () => {
    const found = problems.filter((problem) => problem.includes(`: ${ALIASED} → app/page.tsx`));
    expect(found.map((problem) => problem.split(":")[0])).toEqual(["nothing-imports-app"]);
  });

  it("have a planted import for every rule", () => {
    const proved = new Set(PLANTED.flatMap(({ rules }) => rules)).add("product-ships-its-packages");
    expect(proved).toEqual(new Set(forbidden.map((rule) => rule.name)));
  });

  it("complain about a file that was not read", () => {
    expect(seen).toBe(LEAVES.length + PLANTED.length + ALLOWED.length + 2);
    const modules = [{ source: "lib/time.ts" }];
    expect(listUnseen(modules, ["lib/time.ts", "lib/ids.ts"])).toEqual(["not seen by the arrow check: lib/ids.ts"]);
  });

  it("are checked on every source file of this repository", () => {
    expect(listSources(process.cwd())).toContain("scripts/arrows.test.ts");
  });
});

function write(path: string, source: string): void {
  mkdirSync(join(root, dirname(path)), { recursive: true });
  writeFileSync(join(root, path), source);
}

function importOf(from: string, to: string): string {
  const up = "../".repeat(from.split("/").length - 1) || "./";
  return `import { leaf as other } from "${up}${to}";\nexport const leaf = other;\n`;
}
