import { describe, expect, it } from "vitest";
import { countOpenJobs, judgeLedger, type Ledger } from "./ledger.ts";

type Effect = Ledger["effects"][number];
type Job = Ledger["jobs"][number];

const effect = (key: string, by: Effect["by"]): Effect => ({ key, by });
const job = (name: string, key: string, kind: string, error?: string): Job => ({
  name: `effects.js:${name}`,
  args: [{ key }],
  state: error === undefined ? { kind } : { kind, error },
});

/** Everything that one call is to leave behind. */
const whole = (key: string): Ledger => ({
  effects: [effect(key, "call"), effect(key, "job"), effect(key, "action")],
  jobs: [job("note", key, "success"), job("act", key, "success")],
});
const sent = new Set(["a", "b"]);
const acknowledged = new Set(["a"]);
const judge = (ledger: Ledger) => judgeLedger(ledger, { sent, acknowledged });

describe("a ledger", () => {
  it("is in order when what was acknowledged happened once, and what was only sent once or never", () => {
    expect(judge(whole("a"))).toEqual([]);
    expect(judge(plus(whole("a"), whole("b")))).toEqual([]);
  });

  it("is in order when a kill ended an action, before or after what it did", () => {
    const interrupted = { ...whole("a"), jobs: [job("note", "a", "success"), failed("a")] };
    expect(judge(interrupted)).toEqual([]);
    expect(judge(without(interrupted, "action"))).toEqual([]);
  });

  it.each<[what: string, ledger: Ledger, words: string]>([
    ["an acknowledged call that is not there", { effects: [], jobs: [] }, "a: happened 0 times"],
    ["a call that happened twice", plus(whole("a"), whole("a")), "a: happened 2 times"],
    ["a sent call that happened twice", plus(whole("a"), plus(whole("b"), whole("b"))), "b: happened 2 times"],
    ["an effect that nobody asked for", plus(whole("a"), whole("c")), "c: was never sent"],
    ["a scheduled mutation that was lost", without(whole("a"), "job"), "a: its mutation ran 0 times"],
    ["a scheduled mutation that ran twice", with_(whole("a"), effect("a", "job")), "a: its mutation ran 2 times"],
    [
      "a mutation whose job fell behind",
      { ...whole("a"), jobs: [job("act", "a", "success")] },
      "its job says otherwise",
    ],
    ["an action that ran twice", with_(whole("a"), effect("a", "action")), "a: its action ran 2 times"],
    ["an action that ended and did nothing", without(whole("a"), "action"), "a: its action ran 0 times"],
    ["an action that was never ended", { ...whole("a"), jobs: [job("note", "a", "success")] }, "its action has 0 ends"],
    [
      "a job that failed by itself",
      { ...whole("a"), jobs: [job("note", "a", "success"), job("act", "a", "failed", "Uncaught Error: no")] },
      "effects.js:act failed: Uncaught Error: no",
    ],
  ])("with %s is not", (_what, ledger, words) => {
    expect(judge(ledger)).toContainEqual(expect.stringContaining(words));
  });

  it("knows which jobs are open", () => {
    const jobs = [job("note", "a", "pending"), job("act", "a", "inProgress"), job("act", "b", "success")];
    expect(countOpenJobs({ effects: [], jobs })).toBe(2);
  });
});

const failed = (key: string) => job("act", key, "failed", "Transient error while executing action");

function plus(one: Ledger, other: Ledger): Ledger {
  return { effects: [...one.effects, ...other.effects], jobs: [...one.jobs, ...other.jobs] };
}

function with_(ledger: Ledger, more: Effect): Ledger {
  return { ...ledger, effects: [...ledger.effects, more] };
}

function without(ledger: Ledger, by: Effect["by"]): Ledger {
  return { ...ledger, effects: ledger.effects.filter((one) => one.by !== by) };
}
