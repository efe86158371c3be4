/** What a stream of calls left in the engine's file, and whether that is what the engine promised those who called. */
import { z } from "zod";
import { readRows } from "../../harness/rows.ts";

const EFFECT = z.object({ key: z.string(), by: z.enum(["call", "job", "action"]) });
const JOB = z.object({
  name: z.string(),
  args: z.tuple([z.object({ key: z.string() })]),
  state: z.object({ kind: z.string(), error: z.string().optional() }),
});

/** What lies in the file of the fixture `endurance`. */
export type Ledger = { effects: readonly z.infer<typeof EFFECT>[]; jobs: readonly z.infer<typeof JOB>[] };

/** Keys of `effects:add`. A call that was sent and not acknowledged may have happened, once. */
export type Calls = { sent: ReadonlySet<string>; acknowledged: ReadonlySet<string> };

const INTERRUPTED = "Transient error while executing action";

/** Asks nobody: the file as a killed engine left it, or as a living one has it. */
export function readLedger(file: string): Ledger {
  return { effects: readRows(file, "effects", EFFECT), jobs: readRows(file, "_scheduled_functions", JOB) };
}

/** Jobs that are still to run, or that nobody knows the end of. */
export function countOpenJobs({ jobs }: Ledger): number {
  return jobs.filter(({ state }) => state.kind === "pending" || state.kind === "inProgress").length;
}

/** Every broken promise, in words; none when the engine kept them all. */
export function judgeLedger(ledger: Ledger, { sent, acknowledged }: Calls): string[] {
  const effects = countBy(ledger.effects, ({ key, by }) => `${by} ${key}`);
  const jobs = countBy(ledger.jobs, ({ name, args, state }) => `${name} ${args[0].key} ${state.kind}`);
  const times = (counts: ReadonlyMap<string, number>, what: string) => counts.get(what) ?? 0;
  const keys = new Set([
    ...sent,
    ...ledger.effects.map(({ key }) => key),
    ...ledger.jobs.map(({ args }) => args[0].key),
  ]);
  const broken: string[] = [];
  for (const key of keys) {
    const expectThat = (holds: boolean, words: string) => void (holds || broken.push(`${key}: ${words}`));
    const [called, ran, acted] = ["call", "job", "action"].map((by) => times(effects, `${by} ${key}`));
    const finished = times(jobs, `effects.js:act ${key} success`);
    const failed = times(jobs, `effects.js:act ${key} failed`);
    expectThat(sent.has(key), "was never sent");
    expectThat(called === 1 || (called === 0 && !acknowledged.has(key)), `happened ${called} times`);
    expectThat(ran === called, `its mutation ran ${ran} times`);
    expectThat(times(jobs, `effects.js:note ${key} success`) === ran, "its mutation ran, and its job says otherwise");
    expectThat(finished + failed === called, `its action has ${finished + failed} ends`);
    expectThat(acted === 1 ? finished + failed === 1 : acted === 0 && finished === 0, `its action ran ${acted} times`);
  }
  const odd = ledger.jobs.filter(({ state }) => state.error !== undefined && state.error !== INTERRUPTED);
  return [...broken, ...odd.map(({ name, state }) => `${name} failed: ${state.error}`)];
}

function countBy<T>(items: readonly T[], nameOf: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(nameOf(item), (counts.get(nameOf(item)) ?? 0) + 1);
  return counts;
}
