/** `npm run check`: everything about the sources that can be judged without running them. */
import { formatSeconds, runStages, stopStagesOnSignal, type Outcome, type Stage } from "./stages.ts";

const LIMIT_MS = 180_000;

// The slow ones first: two run at a time.
const STAGES: readonly Stage[] = [
  { name: "types", command: ["sh", "-c", "next typegen && tsc --noEmit"], limitMs: LIMIT_MS },
  { name: "lint", command: ["oxlint"], limitMs: LIMIT_MS },
  { name: "dead code", command: ["knip", "--no-progress"], limitMs: LIMIT_MS },
  { name: "arrows", command: ["node", "scripts/arrows.ts"], limitMs: LIMIT_MS },
  { name: "lock file", command: ["node", "scripts/lockfile.ts", "--check"], limitMs: LIMIT_MS },
  { name: "codegen", command: ["node", "local/engine/codegen.ts", "--check"], limitMs: LIMIT_MS },
  { name: "format", command: ["oxfmt", "--check", "."], limitMs: LIMIT_MS },
];

stopStagesOnSignal();
const outcomes = await runStages(STAGES, 2);
for (const outcome of outcomes) if (!outcome.ok) console.error(`\n── ${outcome.name}\n${outcome.output.trim()}\n`);
for (const outcome of outcomes) console.log(describe(outcome));
if (outcomes.some((outcome) => !outcome.ok)) process.exitCode = 1;

function describe(outcome: Outcome): string {
  const mark = outcome.ok ? "ok  " : "FAIL";
  const reason = outcome.reason === "" ? "" : `  ${outcome.reason}`;
  return `${mark}  ${outcome.name.padEnd(10)} ${formatSeconds(outcome.elapsedMs).padStart(7)}${reason}`;
}
