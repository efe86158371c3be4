/**
 * `npm test`: every suite, one stage after the other, each with a hard time limit. Ends with the line
 * `N passed, N failed`; a stage that was stopped, crashed or found no tests counts as a failure.
 */
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { z } from "zod";
import { formatSeconds, runStage, stopStagesOnSignal, type Outcome, type Stage } from "./stages.ts";

type Suite = Stage & { reportPath: string; count: (report: unknown) => Counts };

type Counts = { passed: number; failed: number };

const REPORTS = ".local/test";

const SUITES: readonly Suite[] = [
  {
    name: "unit, functions, contracts, engine",
    command: ["vitest", "run", "--reporter=default", "--reporter=json", `--outputFile.json=${REPORTS}/vitest.json`],
    limitMs: 10 * 60_000,
    reportPath: `${REPORTS}/vitest.json`,
    count: countVitest,
  },
  {
    name: "journeys in a browser",
    command: ["playwright", "test"],
    limitMs: 8 * 60_000,
    reportPath: `${REPORTS}/playwright.json`,
    count: countPlaywright,
  },
];

stopStagesOnSignal();
rmSync(REPORTS, { recursive: true, force: true });
mkdirSync(REPORTS, { recursive: true });

const total: Counts = { passed: 0, failed: 0 };
for (const suite of SUITES) {
  console.log(`── ${suite.name}`);
  const outcome = await runStage(suite, { live: true });
  const counts = judge(suite, outcome);
  total.passed += counts.passed;
  total.failed += counts.failed;
  const reason = outcome.reason === "" ? "" : ` (${outcome.reason})`;
  console.log(`── ${suite.name}: ${formatSeconds(outcome.elapsedMs)}${reason}`);
}
if (total.failed > 0 || total.passed === 0) process.exitCode = 1;
console.log(`${total.passed} passed, ${total.failed} failed`);

/** A stage that did not end well has at least one failure, whatever its report says. */
function judge(suite: Suite, outcome: Outcome): Counts {
  const counts = readCounts(suite);
  const empty = counts.passed + counts.failed === 0;
  return { passed: counts.passed, failed: Math.max(counts.failed, outcome.ok && !empty ? 0 : 1) };
}

function readCounts(suite: Suite): Counts {
  try {
    return suite.count(JSON.parse(readFileSync(suite.reportPath, "utf8")));
  } catch (error) {
    console.error(`no report of ${suite.name}: ${String(error)}`);
    return { passed: 0, failed: 0 };
  }
}

function countVitest(report: unknown): Counts {
  const { numPassedTests, numFailedTests } = z
    .object({ numPassedTests: z.number(), numFailedTests: z.number() })
    .parse(report);
  return { passed: numPassedTests, failed: numFailedTests };
}

function countPlaywright(report: unknown): Counts {
  const counts = z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() });
  const { stats } = z.object({ stats: counts }).parse(report);
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected };
}
