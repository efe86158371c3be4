// Random interleavings of everything that can happen to a conversation's lane, run against a stand-in for the engine and a provider
// that knows the truth: whether each request arrived, whatever we were told.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { matchEcho } from "./echo.ts";
import type { Line } from "./lane-line.ts";
import {
  canStillSend,
  confirmDelivery,
  NOT_SENT,
  expireSend,
  reconcile,
  type SendFailure,
  type SendResult,
  settleSend,
} from "./lane-outcome.ts";
import { type Delivery, type Lane, type LaneJob, MAX_ATTEMPTS, NEW_LANE } from "./lane-state.ts";
import { sweepLane } from "./lane-sweep.ts";
import { cancel, cancelAgentQueue, enqueue, lookAgain, next, resend } from "./lane.ts";
import type { Gate } from "./turn-gate.ts";

const RULES = {
  enqueue,
  next,
  cancel,
  cancelAgentQueue,
  resend,
  settleSend,
  expireSend,
  reconcile,
  confirmDelivery,
  canStillSend,
  sweepLane,
  matchEcho,
};
type Rules = typeof RULES;
type Law =
  | "order"
  | "one request at a time"
  | "once out"
  | "echo"
  | "bounded attempts"
  | "silence"
  | "quiescence"
  | "no request without a line";

/** What the provider knows. `id` is null when the request did not arrive. */
type Request = { seq: number; token: number; at: number; id: string | null; answer: SendResult };
type Job = LaneJob & { seq: number };

/** A request that has no answer by then is over. */
const CONNECTOR_TIMEOUT_MS = 20_000;

const pick = fc.nat(2);
const ambiguous: SendFailure = { class: "unreachable", ambiguous: true };
const failure = fc.constantFrom<SendFailure>(
  ambiguous,
  { class: "unreachable", ambiguous: false },
  { class: "rate_limited", retryAfterMs: 7_000 },
  { class: "rejected", reason: "not_on_whatsapp" },
  { class: "auth_expired" },
);
/** How the next request will go. */
const fate = fc.oneof(
  { weight: 3, arbitrary: fc.record({ arrives: fc.constant(true), failure: fc.constantFrom(null, ambiguous) }) },
  { weight: 2, arbitrary: fc.record({ arrives: fc.constant(false), failure }) },
);
type Fate = typeof fate extends fc.Arbitrary<infer T> ? T : never;
const live = fc.constantFrom(
  ...(["agent", "agent", "member", "silence", "back", "off", "on", "up", "phone", "restart"] as const),
);
const ordinary = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant("live" as const), what: live }) },
  { weight: 12, arbitrary: fc.record({ do: fc.constant("tick" as const), fate }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("answer" as const), pick }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("echo" as const), pick }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("look" as const), pick }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("lose" as const), pick }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("again" as const), pick, fate }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom("cancel" as const, "resend" as const), pick }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("advance" as const), ms: fc.integer({ min: 0, max: 90_000 }) }) },
);
const losing = fc.record({ do: fc.constant("lose_job" as const), pick });
const any = fc.oneof({ weight: 15, arbitrary: ordinary }, { weight: 1, arbitrary: losing });
type Step = typeof any extends fc.Arbitrary<infer T> ? T : never;
type Live = typeof live extends fc.Arbitrary<infer T> ? T : never;

const calm: fc.Arbitrary<Step[]> = fc.array(ordinary, { minLength: 10, maxLength: 80, size: "max" });
const rough: fc.Arbitrary<Step[]> = fc.array(any, { minLength: 10, maxLength: 80, size: "max" });

/** One message and a provider that is never there. */
const refusing: fc.Arbitrary<Step[]> = fc
  .array(
    fc.oneof(
      fc.record({
        do: fc.constant("tick" as const),
        fate: fc.constant({ arrives: false, failure: { class: "unreachable" as const, ambiguous: false } }),
      }),
      fc.record({ do: fc.constant("answer" as const), pick: fc.constant(0) }),
    ),
    { minLength: 100, maxLength: 150 },
  )
  .map((steps) => [{ do: "live", what: "agent" }, ...steps]);

/** Few different words, so that equal messages meet. */
const wordsOf = (seq: number) => `words ${seq % 2}`;

class World {
  readonly broken = new Set<Law>();
  readonly #rules: Rules;
  #now = 1_000_000;
  #lane: Lane = NEW_LANE;
  #gate: Gate = { agentEnabled: true, level: "auto", handler: "agent" };
  #line: Line = "up";
  #deliveries: Delivery[] = [];
  #jobs: Job[] = [];
  /** Every request that was made, and those whose answer, echo or look-up may still come. */
  #made: Request[] = [];
  #answers: Request[] = [];
  #echoes: Request[] = [];
  #looks: Job[] = [];
  /** By `seq`: how many requests had been made when a person sent it again. */
  #resentAfter = new Map<number, number>();
  #silencedBelow = 0;
  #isPersonTyping = false;

  constructor(rules: Rules) {
    this.#rules = rules;
  }

  play(steps: readonly Step[]): Set<Law> {
    for (const step of steps) this.#take(step);
    this.#drain();
    return this.broken;
  }

  #take(step: Step): void {
    switch (step.do) {
      case "live":
        return this.#live(step.what);
      case "advance":
        this.#now += step.ms;
        return;
      case "tick":
        return this.#tick(step.fate);
      case "again":
        return this.#fire(this.#jobs[step.pick], step.fate);
      case "answer":
        return this.#answer(take(this.#answers, step.pick));
      case "lose":
        take(this.#answers, step.pick);
        return;
      case "echo":
        return this.#echo(take(this.#echoes, step.pick));
      case "look":
        return this.#look(take(this.#looks, step.pick));
      case "lose_job":
        take(this.#jobs, step.pick);
        return;
      case "cancel":
        return this.#applyTo(this.#deliveries.at(-1 - step.pick), (row) =>
          this.#rules.cancel(this.#lane, row, this.#now),
        );
      case "resend":
        return this.#resend(this.#deliveries.at(-1 - step.pick));
    }
  }

  #live(what: Live): void {
    switch (what) {
      case "agent":
      case "member":
        if (what === "agent" && this.#gate.handler !== "agent") return;
        return this.#enqueue(what);
      case "silence":
        return this.#silence();
      case "back":
        this.#gate = { ...this.#gate, handler: "agent" };
        return;
      case "off":
      case "on":
        this.#gate = { ...this.#gate, agentEnabled: what === "on" };
        return;
      case "up":
        return this.#reconnect();
      case "phone":
        return this.#typeOnPhone();
      case "restart":
        this.#answers = [];
        this.#looks = [];
    }
  }

  #enqueue(origin: "agent" | "member"): void {
    const seq = this.#deliveries.length + 1;
    const added = this.#rules.enqueue(this.#lane, { seq, origin, fingerprint: wordsOf(seq), now: this.#now });
    this.#deliveries.push(added.delivery);
    this.#apply({ lane: added.lane, schedule: added.schedule }, seq);
  }

  #reconnect(): void {
    this.#line = "up";
    this.#apply(lookAgain(this.#lane, this.#now), 0);
  }

  #silence(): void {
    this.#gate = { ...this.#gate, handler: "member" };
    this.#silencedBelow = this.#deliveries.length + 1;
    const { deliveries, ...moved } = this.#rules.cancelAgentQueue(this.#lane, {
      open: this.#deliveries,
      now: this.#now,
    });
    for (const delivery of deliveries) this.#apply({ delivery }, delivery.seq);
    this.#apply(moved, 0);
  }

  /** Words of ours, typed by a person: the only honest mistake that an echo can lead to. */
  #typeOnPhone(): void {
    this.#isPersonTyping = true;
    const echo = { externalId: `phone-${this.#now}`, fingerprint: wordsOf(0), viaApi: false, providerAt: this.#now };
    const owner = this.#rules.matchEcho(echo, this.#deliveries);
    if (owner.kind === "ours") this.#apply({ delivery: owner.delivery }, owner.delivery.seq);
  }

  #resend(row: Delivery | undefined): void {
    if (row === undefined) return;
    const decision = this.#rules.resend(this.#lane, row, this.#now);
    if (decision.kind === "queued") this.#resentAfter.set(row.seq, this.#made.length);
    this.#apply(decision, row.seq);
  }

  #tick(how: Fate): void {
    const job = this.#jobs.toSorted((left, right) => left.at - right.at)[0];
    this.#now = Math.max(this.#now, job?.at ?? 0);
    this.#jobs = this.#jobs.filter((other) => other !== job);
    this.#fire(job, how);
  }

  #fire(job: Job | undefined, how: Fate): void {
    if (job === undefined || job.at > this.#now) return;
    const { token, seq } = job;
    const facts = { token, now: this.#now, jitter: 0.5 };
    switch (job.run) {
      case "next":
        return this.#next(token);
      case "send":
        return this.#request(job, how);
      case "expireSend":
        return this.#applyTo(this.#find(seq), (row) => this.#rules.expireSend(this.#lane, row, facts));
      case "reconcile":
        return this.#applyTo(this.#find(seq), (row) => this.#rules.reconcile(this.#lane, row, facts));
      case "lookUp":
        this.#looks.push(job);
    }
  }

  #next(token: number): void {
    const deliveries = this.#deliveries.toReversed();
    const facts = { token, deliveries, now: this.#now, gate: this.#gate, line: this.#line };
    const decision = this.#rules.next(this.#lane, facts);
    if (decision.kind === "send") this.#checkSend(decision.delivery);
    this.#apply(decision, "delivery" in decision ? decision.delivery.seq : 0);
  }

  #checkSend({ seq, origin, attempt }: Delivery): void {
    if (this.#line !== "up") this.broken.add("no request without a line");
    const isFirst = this.#made.every((request) => request.seq !== seq);
    const isOvertaken = this.#made.some((request) => request.seq > seq);
    if (isFirst && isOvertaken && !this.#resentAfter.has(seq)) this.broken.add("order");
    if (this.#deliveries.some(({ state }) => state === "sending" || state === "unknown")) {
      this.broken.add("one request at a time");
    }
    const sinceAsked = this.#made.slice(this.#resentAfter.get(seq) ?? 0);
    if (sinceAsked.some((request) => request.seq === seq && request.id !== null)) this.broken.add("once out");
    if (attempt > MAX_ATTEMPTS) this.broken.add("bounded attempts");
    if (origin === "agent" && seq < this.#silencedBelow) this.broken.add("silence");
  }

  /** An action runs at most once: a duplicate of its job does nothing. */
  #request({ token, seq }: Job, { arrives, failure: told }: Fate): void {
    if (this.#made.some((request) => request.seq === seq && request.token === token)) return;
    const row = this.#find(seq);
    if (row === undefined) return;
    if (!this.#rules.canStillSend(row, { token, now: this.#now })) {
      this.#answers.push({ seq, token, at: this.#now, id: null, answer: NOT_SENT });
      return;
    }
    const isOpen = (other: Request) => this.#made.includes(other) && this.#now < other.at + CONNECTOR_TIMEOUT_MS;
    if (this.#answers.some(isOpen)) this.broken.add("one request at a time");
    const id = arrives ? `id-${seq}-${token}` : null;
    const answer: SendResult =
      told === null ? { kind: "sent", externalId: `id-${seq}-${token}` } : { kind: "failed", failure: told };
    const request: Request = { seq, token, at: this.#now, id, answer };
    this.#made.push(request);
    this.#answers.push(request);
    if (id !== null) this.#echoes.push(request);
  }

  #answer(request: Request | undefined): void {
    if (request === undefined) return;
    const { token, answer: result, seq } = request;
    this.#applyTo(this.#find(seq), (row) =>
      this.#rules.settleSend(this.#lane, row, { token, result, now: this.#now, jitter: 0.5 }),
    );
    if (result.kind === "failed" && result.failure.class === "auth_expired") this.#line = "down";
  }

  #echo(request: Request | undefined): void {
    if (request === undefined || request.id === null) return;
    const echo = { externalId: request.id, fingerprint: wordsOf(request.seq), viaApi: false, providerAt: request.at };
    const owner = this.#rules.matchEcho(echo, this.#deliveries);
    if (owner.kind === "ours") return this.#apply({ delivery: owner.delivery }, owner.delivery.seq);
    const hasOtherId = this.#find(request.seq)?.externalId !== undefined;
    if (!hasOtherId && !this.#isPersonTyping) this.broken.add("echo");
  }

  /** The provider finds the oldest request with these words whose id nobody owns, as `lookUp` promises. */
  #look(job: Job | undefined): void {
    const row = job === undefined ? undefined : this.#find(job.seq);
    if (row === undefined || row.token !== job?.token || row.state === "sending" || row.state === "queued") return;
    const found = this.#made.find(
      ({ id, seq, at }) =>
        id !== null &&
        wordsOf(seq) === row.fingerprint &&
        at >= (row.attemptedAt ?? 0) &&
        this.#deliveries.every(({ externalId }) => externalId !== id),
    );
    if (found?.id != null) this.#apply({ delivery: this.#rules.confirmDelivery(row, found.id) }, row.seq);
  }

  #applyTo<T extends Written>(row: Delivery | undefined, rule: (row: Delivery) => T): void {
    if (row !== undefined) this.#apply(rule(row), row.seq);
  }

  #apply(written: Written, seq: number): void {
    this.#lane = written.lane ?? this.#lane;
    this.#deliveries = this.#deliveries.map((row) => (row.seq === written.delivery?.seq ? written.delivery : row));
    this.#jobs.push(...(written.schedule ?? []).map((job) => ({ ...job, seq })));
  }

  #find(seq: number): Delivery | undefined {
    return this.#deliveries.find((row) => row.seq === seq);
  }

  #drain(): void {
    for (let minute = 0; minute < 60; minute += 1) {
      if (this.#line === "down") this.#reconnect();
      const end = this.#now + 60_000;
      for (let round = 0; round < 300 && this.#jobs.some(({ at }) => at <= end); round += 1) {
        this.#tick({ arrives: false, failure: ambiguous });
        while (this.#answers.length > 0) this.#answer(this.#answers.shift());
      }
      this.#now = end;
      this.#apply(
        this.#rules.sweepLane(this.#lane, { deliveries: this.#deliveries, now: this.#now }),
        this.#underWay(),
      );
    }
    const isSettled = this.#deliveries.every(({ state }) =>
      ["sent", "dead", "cancelled", "unconfirmed"].includes(state),
    );
    if (!isSettled || this.#lane.state !== "idle" || this.#jobs.length > 0) this.broken.add("quiescence");
  }

  #underWay(): number {
    return this.#deliveries.find(({ state }) => state === "sending" || state === "unknown")?.seq ?? 0;
  }
}

type Written = { kind?: string; delivery?: Delivery; lane?: Lane | null; schedule?: LaneJob[] };

function take<T>(from: T[], index: number): T | undefined {
  return from.splice(index % Math.max(1, from.length), 1)[0];
}

function breaks(law: Law, rules: Rules, steps = calm): boolean {
  const property = fc.property(steps, (played) => !new World(rules).play(played).has(law));
  return fc.check(property, { numRuns: 20_000, seed: 11 }).failed;
}

describe("I3, I4, I9: whatever happens, in whatever order", { timeout: 60_000 }, () => {
  test.each<[string, Law, fc.Arbitrary<Step[]>?]>([
    ["I4: first sends leave in the order of the conversation", "order"],
    ["I4: one request at a time", "one request at a time"],
    ["I3: no second request unless the first had no effect or a person asked for it", "once out"],
    ["I3: the echo of our own send is never a person", "echo"],
    ["I9: attempts are bounded", "bounded attempts", refusing],
    ["I9: while the account needs a person nothing is tried", "no request without a line"],
    ["I6: nothing of the agent leaves after it was silenced", "silence"],
    ["I9: every message ends sent, dead, cancelled or not confirmed, and the lane rests", "quiescence"],
  ])("%s", (_guarantee, law, steps = calm) => {
    fc.assert(
      fc.property(steps, (played) => {
        expect(new World(RULES).play(played)).not.toContain(law);
      }),
      { numRuns: 500 },
    );
  });

  test("I9: when jobs get lost the sweeper still brings every lane to rest, and breaks no law", () => {
    fc.assert(
      fc.property(rough, (steps) => {
        expect([...new World(RULES).play(steps)]).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("the laws notice", { timeout: 60_000 }, () => {
  test("I4: a retry that others overtake", () => {
    const rules: Rules = {
      ...RULES,
      next: (lane, facts) =>
        next(lane, {
          ...facts,
          deliveries: facts.deliveries.filter(({ nextAttemptAt }) => nextAttemptAt <= facts.now),
        }),
    };
    expect(breaks("order", rules)).toBe(true);
  });

  test("I4: a lane that does not look at what is under way", () => {
    const rules: Rules = {
      ...RULES,
      next: (lane, facts) =>
        next(lane, { ...facts, deliveries: facts.deliveries.filter(({ state }) => state === "queued") }),
    };
    expect(breaks("one request at a time", rules)).toBe(true);
  });

  test("I4: an action that starts late and sends all the same", () => {
    expect(breaks("one request at a time", { ...RULES, canStillSend: () => true })).toBe(true);
  });

  test("I6: a retry that comes out after the conversation was given back", () => {
    const rules: Rules = {
      ...RULES,
      cancelAgentQueue: (lane, { open, now }) =>
        cancelAgentQueue(lane, { open: open.filter(({ state }) => state === "queued"), now }),
    };
    expect(breaks("silence", rules)).toBe(true);
  });

  test("I3: an unclear request that is sent again by itself", () => {
    const rules: Rules = {
      ...RULES,
      expireSend: (lane, delivery, { token, now }) => {
        const result: SendResult = { kind: "failed", failure: { class: "unreachable", ambiguous: false } };
        return settleSend(lane, delivery, { token, now, result, jitter: 0 });
      },
    };
    expect(breaks("once out", rules)).toBe(true);
  });

  test("I3: echoes that are known by id only", () => {
    const rules: Rules = {
      ...RULES,
      matchEcho: (echo, deliveries) => matchEcho({ ...echo, fingerprint: "" }, deliveries),
    };
    expect(breaks("echo", rules)).toBe(true);
  });

  test("I9: attempts that are not counted", () => {
    const rules: Rules = {
      ...RULES,
      settleSend: (lane, delivery, facts) => settleSend(lane, { ...delivery, attempt: 1 }, facts),
      next: (lane, facts) => {
        const decision = next(lane, facts);
        if (decision.kind !== "send") return decision;
        return { ...decision, delivery: { ...decision.delivery, attempt: decision.delivery.token } };
      },
    };
    expect(breaks("bounded attempts", rules, refusing)).toBe(true);
  });

  test("I9: a lane that does not look at its line", () => {
    const rules: Rules = { ...RULES, next: (lane, facts) => next(lane, { ...facts, line: "up" }) };
    expect(breaks("no request without a line", rules)).toBe(true);
  });

  test("I6: a take-over that forgets the queue", () => {
    const rules: Rules = { ...RULES, cancelAgentQueue: () => ({ deliveries: [], lane: null, schedule: [] }) };
    expect(breaks("silence", rules)).toBe(true);
  });

  test("I9: an unclear request that nobody gives up", () => {
    const rules: Rules = {
      ...RULES,
      reconcile: (lane, delivery, facts) => reconcile(lane, delivery, { ...facts, now: 0 }),
    };
    expect(breaks("quiescence", rules)).toBe(true);
  });

  test("I9: a sweeper that never looks", () => {
    expect(breaks("quiescence", { ...RULES, sweepLane: () => ({ kind: "keep" }) }, rough)).toBe(true);
  });
});
