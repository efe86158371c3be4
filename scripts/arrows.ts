/**
 * Checks the import arrows of arrow-rules.ts over every TypeScript file of the repository, and that the checker
 * really saw each of them: a configuration that silently reads nothing must fail.
 */
import { execFileSync } from "node:child_process";
import { cruise, type ICruiseResult } from "dependency-cruiser";
import extractTSConfig from "dependency-cruiser/config-utl/extract-ts-config";
import { forbidden, options } from "./arrow-rules.ts";

export type ArrowReport = { seen: number; problems: string[] };

/**
 * @param root directory whose imports are checked
 * @param files TypeScript files relative to `root`; each must be seen
 */
export async function checkArrows(root: string, files: readonly string[]): Promise<ArrowReport> {
  const fileName = `${root}/tsconfig.json`;
  const { output } = await cruise(
    [...files],
    { ...options, baseDir: root, validate: true, ruleSet: { forbidden }, tsConfig: { fileName } },
    undefined,
    { tsConfig: extractTSConfig(fileName) },
  );
  if (typeof output === "string") throw new Error("dependency-cruiser answered with text instead of a result");
  const unseen = listUnseen(output.modules, files);
  return { seen: files.length - unseen.length, problems: [...unseen, ...listViolations(output)] };
}

/** Sources that git knows or would take: committed, staged and new files; nothing ignored, generated or made for tests. */
export function listSources(root: string): string[] {
  const listed = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "--", "*.ts", "*.tsx"], { cwd: root });
  const present = execFileSync("git", ["ls-files", "-d", "--", "*.ts", "*.tsx"], { cwd: root });
  const deleted = new Set(present.toString().split("\n"));
  return listed
    .toString()
    .split("\n")
    .filter((file) => file !== "" && !deleted.has(file) && !/_generated\/|^local\/engine\/fixtures\//.test(file));
}

/** One problem for each of `files` that the checker did not read. */
export function listUnseen(modules: readonly { source: string }[], files: readonly string[]): string[] {
  const seen = new Set(modules.map((module) => module.source));
  return files.filter((file) => !seen.has(file)).map((file) => `not seen by the arrow check: ${file}`);
}

function listViolations(result: ICruiseResult): string[] {
  return result.summary.violations.map((violation) => {
    const comment = forbidden.find((rule) => rule.name === violation.rule.name)?.comment ?? "";
    return `${violation.rule.name}: ${violation.from} → ${violation.to} (${comment})`;
  });
}

if (import.meta.main) {
  const files = listSources(process.cwd());
  const report = await checkArrows(process.cwd(), files);
  for (const problem of report.problems) console.error(problem);
  console.log(`${report.seen} of ${files.length} source files seen, ${report.problems.length} problems`);
  if (report.problems.length > 0 || files.length === 0) process.exitCode = 1;
}
