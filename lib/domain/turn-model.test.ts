// Random interleavings of everything that can happen to a conversation's turn, run against a small stand-in for the engine:
// scheduled mutations fire in any order once due (sometimes twice), actions die, jobs get lost.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Gate } from "./turn-gate.ts";
import { barrierToThink } from "./turn-gate.ts";
import { type Afterwards, beginTurn, commitTurn, expireTurn } from "./turn-run.ts";
import {
  isUnanswered,
  LOOP_WINDOW_MS,
  MAX_STALE_RUNS,
  NEW_TURN,
  type Said,
  type Turn,
  type TurnJob,
} from "./turn-state.ts";
import { askForTurn, extendTurn, resumeTurn, silenceTurn, sweepTurn } from "./turn.ts";

const RULES = { askForTurn, extendTurn, resumeTurn, silenceTurn, sweepTurn, beginTurn, commitTurn, expireTurn };
type Rules = typeof RULES;

type Law = "one commit per token" | "covered" | "silence" | "answered once" | "bounded staleness" | "quiescence";
type Run = { token: number; throughSeq: number; revision: number; silences: number };

const pacing = { debounceMs: 8_000, maxWaitMs: 30_000, maxTurnsPerMinute: 5 };
const SWEEP_EVERY_MS = 60_000;

const after = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Afterwards["kind"]>("listen") },
  { weight: 1, arbitrary: fc.constantFrom<Afterwards["kind"]>("leave", "resume") },
);
const pick = fc.nat(2);
const live = fc.constantFrom(
  ...([
    "inbound",
    "inbound",
    "inbound",
    "typing",
    "edit",
    "take_over",
    "reply",
    "give_back",
    "give_back",
    "on",
    "off",
  ] as const),
);
/** `tick` goes to the next job that is due and fires it; `fire` takes any that is due, perhaps twice. */
const ordinary = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant("live" as const), what: live }) },
  { weight: 10, arbitrary: fc.record({ do: fc.constant("tick" as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("advance" as const), ms: fc.integer({ min: 0, max: 40_000 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("fire" as const), pick, times: fc.constantFrom(1, 2) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant("finish" as const), pick, after }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("die" as const), pick }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("restart" as const) }) },
);
const losing = fc.record({ do: fc.constant("lose" as const), pick });
const any = fc.oneof({ weight: 9, arbitrary: ordinary }, { weight: 1, arbitrary: losing });
type Step = typeof any extends fc.Arbitrary<infer T> ? T : never;
type Live = typeof live extends fc.Arbitrary<infer T> ? T : never;

const calm: fc.Arbitrary<Step[]> = fc.array(ordinary, { minLength: 10, maxLength: 80, size: "max" });
const rough: fc.Arbitrary<Step[]> = fc.array(any, { minLength: 10, maxLength: 80, size: "max" });

/** A lead who does not stop writing. */
const restless: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant("live" as const), what: fc.constant("inbound" as const) }),
    fc.record({ do: fc.constant("tick" as const) }),
    fc.record({ do: fc.constant("finish" as const), pick: fc.constant(0), after: fc.constant("listen" as const) }),
  ),
  { minLength: 30, maxLength: 80 },
);

class World {
  readonly broken = new Set<Law>();
  readonly #rules: Rules;
  #now = 1_000_000;
  #turn: Turn = NEW_TURN;
  #said: Said = { inboundSeq: 0, answeredSeq: 0, revision: 0, lastInboundAt: 0 };
  #gate: Gate = { agentEnabled: true, level: "auto", handler: "agent" };
  #jobs: TurnJob[] = [];
  #thinking: Run[] = [];
  #committed: { token: number; at: number }[] = [];
  #silences = 0;
  #stalesInARow = 0;
  #hasLostJobs = false;

  constructor(rules: Rules) {
    this.#rules = rules;
  }

  play(steps: readonly Step[]): Set<Law> {
    for (const step of steps) {
      this.#take(step);
      this.#checkCovered();
    }
    this.#drain();
    return this.broken;
  }

  get #facts() {
    return { now: this.#now, gate: this.#gate, pacing, said: this.#said };
  }

  #take(step: Step): void {
    switch (step.do) {
      case "advance":
        this.#now += step.ms;
        return;
      case "tick":
        return this.#tick();
      case "fire":
        return this.#fire(this.#jobs.filter(({ at }) => at <= this.#now)[step.pick], step.times);
      case "finish":
        return this.#finish(this.#thinking[step.pick % Math.max(1, this.#thinking.length)], step.after);
      case "die":
        this.#thinking.splice(step.pick, 1);
        return;
      case "lose":
        this.#hasLostJobs ||= this.#jobs.splice(step.pick, 1).length > 0;
        return;
      case "restart":
        this.#thinking = [];
        return;
      case "live":
        return this.#live(step.what);
    }
  }

  #live(what: Live): void {
    switch (what) {
      case "inbound":
        this.#said = { ...this.#said, inboundSeq: this.#said.inboundSeq + 1, lastInboundAt: this.#now };
        return this.#put(this.#rules.askForTurn(this.#turn, this.#facts));
      case "typing":
        return this.#put(this.#rules.extendTurn(this.#turn, { now: this.#now, pacing }));
      case "edit":
        this.#said = { ...this.#said, revision: this.#said.revision + 1 };
        return;
      case "take_over":
        return this.#silence("took_over");
      case "reply":
        return this.#silence("replied");
      case "give_back":
        this.#gate = { ...this.#gate, handler: "agent" };
        return this.#put(this.#rules.resumeTurn(this.#turn, this.#facts));
      case "off":
        this.#gate = { ...this.#gate, agentEnabled: false };
        return;
      case "on":
        this.#gate = { ...this.#gate, agentEnabled: true };
        return this.#put(this.#rules.resumeTurn(this.#turn, this.#facts));
    }
  }

  #silence(cause: "took_over" | "replied"): void {
    const { turn, answeredSeq } = this.#rules.silenceTurn(this.#turn, { said: this.#said, cause });
    this.#gate = { ...this.#gate, handler: "member" };
    this.#said = { ...this.#said, answeredSeq };
    this.#silences += 1;
    this.#put({ turn });
  }

  #put(written: { kind?: string; turn?: Turn; schedule?: TurnJob[] }): void {
    this.#turn = written.turn ?? this.#turn;
    if (this.#turn.state === "idle") this.#stalesInARow = 0;
    this.#jobs.push(...(written.schedule ?? []));
  }

  #tick(): void {
    const job = this.#jobs.toSorted((left, right) => left.at - right.at)[0];
    this.#now = Math.max(this.#now, job?.at ?? 0);
    this.#fire(job);
  }

  #fire(job: TurnJob | undefined, times = 1): void {
    if (job === undefined) return;
    this.#jobs = this.#jobs.filter((other) => other !== job);
    for (let time = 0; time < times; time += 1) this.#run(job);
  }

  #run({ run, token }: TurnJob): void {
    if (run === "think") {
      const { inboundSeq, revision } = this.#said;
      this.#thinking.push({ token, throughSeq: inboundSeq, revision, silences: this.#silences });
      return;
    }
    const decision =
      run === "begin"
        ? this.#rules.beginTurn(this.#turn, { ...this.#facts, token, recentTurns: this.#recentTurns() })
        : this.#rules.expireTurn(this.#turn, { ...this.#facts, token });
    this.#put(decision);
    if (decision.kind === "paused" || decision.kind === "handed_off") this.#gate = { ...this.#gate, handler: "none" };
  }

  #finish(run: Run | undefined, kind: Afterwards["kind"]): void {
    if (run === undefined) return;
    this.#thinking = this.#thinking.filter((other) => other !== run);
    const afterwards = kind === "resume" ? { kind, at: this.#now + 100_000 } : { kind };
    const decision = this.#rules.commitTurn(this.#turn, { ...this.#facts, token: run.token, read: run, afterwards });
    this.#put(decision);
    if (decision.kind === "stale") this.#stalesInARow += 1;
    if (this.#stalesInARow > MAX_STALE_RUNS) this.broken.add("bounded staleness");
    if (decision.kind !== "committed") return;
    this.#checkCommit(run, kind);
    this.#committed.push({ token: run.token, at: kind === "listen" ? this.#now : -Infinity });
    this.#stalesInARow = 0;
    this.#said = { ...this.#said, answeredSeq: decision.answeredSeq };
    if (kind === "leave") this.#gate = { ...this.#gate, handler: "none" };
  }

  #recentTurns(): number {
    return this.#committed.filter(({ at }) => at > this.#now - LOOP_WINDOW_MS).length;
  }

  #checkCommit(run: Run, kind: Afterwards["kind"]): void {
    if (this.#committed.some(({ token }) => token === run.token)) this.broken.add("one commit per token");
    if (run.silences !== this.#silences) this.broken.add("silence");
    if (kind !== "resume" && run.throughSeq <= this.#said.answeredSeq) this.broken.add("answered once");
  }

  /** Whatever has no answer and is the agent's to answer has a turn, and that turn has a job that will move it. */
  #checkCovered(): void {
    if (this.#hasLostJobs || !this.#isOwed()) return;
    const needed = { idle: null, waiting: "begin", running: "expire" }[this.#turn.state];
    const isMoved = this.#jobs.some(({ run, token }) => run === needed && token === this.#turn.token);
    if (!isMoved) this.broken.add("covered");
  }

  #isOwed(): boolean {
    return isUnanswered(this.#said) && barrierToThink(this.#gate) === null;
  }

  /** The lead is quiet, everything that can end ends, and the sweeper comes by. */
  #drain(): void {
    for (let minute = 0; minute < 20; minute += 1) {
      this.#runAllUntil(this.#now + SWEEP_EVERY_MS);
      this.#put(this.#rules.sweepTurn(this.#turn, this.#facts));
    }
    if (this.#isOwed() || this.#turn.state !== "idle" || this.#jobs.length > 0) this.broken.add("quiescence");
  }

  #runAllUntil(end: number): void {
    for (let round = 0; round < 200; round += 1) {
      const job = this.#jobs.toSorted((left, right) => left.at - right.at)[0];
      if (this.#thinking.length > 0) this.#finish(this.#thinking[0], "listen");
      else if (job === undefined || job.at > end) break;
      else this.#tick();
    }
    this.#now = end;
  }
}

function breaks(law: Law, rules: Rules, steps = calm): boolean {
  const property = fc.property(steps, (played) => !new World(rules).play(played).has(law));
  return fc.check(property, { numRuns: 20_000, seed: 7 }).failed;
}

describe("I6: whatever happens, in whatever order", { timeout: 60_000 }, () => {
  test.each<Law>(["one commit per token", "covered", "silence", "answered once", "bounded staleness", "quiescence"])(
    "law: %s",
    (law) => {
      fc.assert(
        fc.property(calm, (steps) => {
          expect(new World(RULES).play(steps)).not.toContain(law);
        }),
        { numRuns: 500 },
      );
    },
  );

  test("law: when jobs get lost the sweeper still brings every conversation to rest, and every message to its answer", () => {
    fc.assert(
      fc.property(rough, (steps) => {
        expect([...new World(RULES).play(steps)]).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("the laws notice", { timeout: 60_000 }, () => {
  test("I6: a commit that leaves its token valid", () => {
    const rules: Rules = {
      ...RULES,
      commitTurn: (turn, facts) => {
        const decision = commitTurn(turn, facts);
        return decision.kind === "committed"
          ? { ...decision, turn: { ...decision.turn, token: turn.token } }
          : decision;
      },
      beginTurn: (turn, facts) => beginTurn({ ...turn, token: facts.token }, facts),
    };
    expect(breaks("one commit per token", rules)).toBe(true);
  });

  test("I6: a commit that forgets what was said since", () => {
    const rules: Rules = {
      ...RULES,
      commitTurn: (turn, facts) => {
        const decision = commitTurn(turn, facts);
        if (decision.kind !== "committed") return decision;
        return { ...decision, turn: { state: "idle", token: turn.token + 1 }, schedule: [] };
      },
    };
    expect(breaks("covered", rules)).toBe(true);
  });

  test("I6: a take-over that leaves the run's token valid", () => {
    const rules: Rules = {
      ...RULES,
      silenceTurn: (turn, facts) => ({ ...silenceTurn(turn, facts), turn: { state: "idle", token: turn.token - 1 } }),
    };
    expect(breaks("silence", rules)).toBe(true);
  });

  test("I6: a commit that does not look at its token", () => {
    const rules: Rules = { ...RULES, commitTurn: (turn, facts) => commitTurn(turn, { ...facts, token: turn.token }) };
    expect(breaks("silence", rules)).toBe(true);
  });

  test("I6: a run that covers nothing new", () => {
    const said = (seq: Said): Said => ({ ...seq, inboundSeq: seq.answeredSeq + 1 });
    const rules: Rules = {
      ...RULES,
      beginTurn: (turn, facts) => beginTurn(turn, { ...facts, said: said(facts.said) }),
      resumeTurn: (turn, facts) => resumeTurn(turn, { ...facts, said: said(facts.said) }),
      commitTurn: (turn, facts) => commitTurn(turn.state === "running" ? { ...turn, throughSeq: 0 } : turn, facts),
    };
    expect(breaks("answered once", rules)).toBe(true);
  });

  test("I6: stale runs without a limit", () => {
    const rules: Rules = {
      ...RULES,
      commitTurn: (turn, facts) => commitTurn(turn.state === "running" ? { ...turn, staleRuns: 0 } : turn, facts),
    };
    expect(breaks("bounded staleness", rules, restless)).toBe(true);
  });

  test("I6: a sweeper that never looks", () => {
    const rules: Rules = { ...RULES, sweepTurn: () => ({ kind: "keep" }) };
    expect(breaks("quiescence", rules, rough)).toBe(true);
  });

  test("I6: an action that dies and is never missed", () => {
    const rules: Rules = { ...RULES, expireTurn: () => ({ kind: "ignore" }) };
    expect(breaks("covered", rules)).toBe(true);
  });
});
