/**
 * Runs what is scheduled, in its order and at its time, under vitest's fake clock. The provider is the suite's own: a
 * request is answered, or nobody ever says what became of it.
 */
import { makeFunctionReference } from "convex/server";
import { vi } from "vitest";
import type { InboundEvent, MessageEvent } from "../../lib/connectors/events.ts";
import type { SendResult } from "../../lib/domain/lane-outcome.ts";
import { defaultPlaybook } from "../../lib/domain/playbook-default.ts";
import { internal } from "../_generated/api";
import type { Doc, Id } from "../_generated/dataModel";
import { type Backend, jobPath, makeBackend, makeConnection, makeOrg, messageEvent, receive } from "../test.setup.ts";

/** Monday morning in São Paulo. */
export const START = Date.UTC(2026, 2, 9, 13, 0);

type Attempt = { deliveryId: Id<"deliveries">; token: number };
type Job = { _id: string; name: string; args: Record<string, unknown>; at: number };

export type World = Awaited<ReturnType<typeof makeWorld>>;

/** An organization with a playbook and a connected phone; call `vi.useFakeTimers()` before. */
export async function makeWorld() {
  vi.setSystemTime(START);
  const backend = makeBackend();
  const org = await makeOrg(backend, "acme");
  const { orgId } = org;
  const connection = await makeConnection(backend, { orgId });
  const content = defaultPlaybook({
    company: "Acme",
    sells: "Software para times de vendas",
    tone: "warm",
    locale: "pt-BR",
    timezone: "America/Sao_Paulo",
  });
  await backend.run(async (ctx) => {
    const playbook = { orgId, version: 1, state: "published" as const, authorId: org.members.owner, content };
    await ctx.db.insert("playbooks", playbook);
  });
  const jobs = new Jobs(backend, orgId);
  const report = async (event: InboundEvent) => receive(backend, connection, [event]);
  const hear = async (externalId: string, given: Partial<MessageEvent> = {}) =>
    receive(backend, connection, [messageEvent(externalId, { providerAt: Date.now(), ...given })]);
  return { backend, org, connection, jobs, hear, report, pacing: content.pacing };
}

export class Jobs {
  /** Requests that reached the provider: the text of each, in order. */
  readonly requests: string[] = [];
  /** What the contact's phone was to be shown. */
  readonly signals: { after: number; upTo: number; typing: boolean }[] = [];
  /** What the provider answers to a request; undefined when the action dies with it. */
  answer: (text: string, attempt: Attempt) => SendResult | undefined = (text) => ({
    kind: "sent",
    externalId: `sent: ${text}`,
  });
  /** Whether a thought ends; called when it begins. */
  thinks: () => boolean | Promise<boolean> = () => true;
  readonly #backend: Backend;
  readonly #orgId: Id<"organizations">;
  readonly #ran = new Set<string>();

  constructor(backend: Backend, orgId: Id<"organizations">) {
    this.#backend = backend;
    this.#orgId = orgId;
  }

  /** Everything that is due within `ms` from now, and what that schedules. */
  async run(ms: number): Promise<void> {
    const until = Date.now() + ms;
    for (let job = await this.#next(until); job !== undefined; job = await this.#next(until)) {
      vi.setSystemTime(Math.max(Date.now(), job.at));
      this.#ran.add(job._id);
      await this.#fire(job);
    }
    vi.setSystemTime(until);
  }

  /** Reports a request's outcome late. */
  async settle(attempt: Attempt, result: SendResult): Promise<void> {
    const job = { ...attempt, orgId: this.#orgId, result };
    await this.#backend.mutation(internal.inbox.deliveries.settle, job);
  }

  async #next(until: number): Promise<Job | undefined> {
    const rows = await this.#backend.run(async (ctx) => ctx.db.system.query("_scheduled_functions").collect());
    return rows
      .filter(({ _id, state, scheduledTime }) => {
        return state.kind === "pending" && !this.#ran.has(_id) && scheduledTime <= until;
      })
      .map(({ _id, name, args, scheduledTime }) => ({ _id, name, args: { ...args[0] }, at: scheduledTime }))
      .toSorted((left, right) => left.at - right.at)[0];
  }

  async #fire({ name: stored, args }: Job): Promise<void> {
    const name = jobPath(stored);
    if (name.startsWith("inbox/deliverySend:")) {
      if (name.endsWith(":send")) await this.#send(args);
    } else if (name.startsWith("inbox/signalSend:")) {
      this.signals.push({ after: Number(args.after), upTo: Number(args.upTo), typing: args.typing === true });
    } else if (name.startsWith("agent/think:")) {
      if (await this.thinks()) await this.#backend.action(makeFunctionReference<"action">(name), args);
    } else await this.#backend.mutation(makeFunctionReference<"mutation">(name), args);
  }

  async #send(args: Record<string, unknown>): Promise<void> {
    const found = await this.#backend.run(async (ctx) => {
      const deliveryId = ctx.db.normalizeId("deliveries", String(args.deliveryId));
      const delivery = deliveryId === null ? null : await ctx.db.get("deliveries", deliveryId);
      const message = delivery === null ? null : await ctx.db.get("messages", delivery.messageId);
      return { deliveryId, text: message?.text ?? "" };
    });
    if (found.deliveryId === null) return;
    const attempt = { deliveryId: found.deliveryId, token: Number(args.token) };
    this.requests.push(found.text);
    const result = this.answer(found.text, attempt);
    if (result !== undefined) await this.settle(attempt, result);
  }
}

/** All messages of the only conversation, in order. */
export async function thread({ backend }: World): Promise<Doc<"messages">[]> {
  const rows = await backend.run(async (ctx) => ctx.db.query("messages").take(1_000));
  return rows.toSorted((left, right) => left.sortAt - right.sortAt || left.seq - right.seq);
}

export async function ofAgent(world: World): Promise<Doc<"messages">[]> {
  return (await thread(world)).filter(({ author }) => author.kind === "agent");
}

export async function theConversation({ backend }: Pick<World, "backend">): Promise<Doc<"conversations">> {
  const row = await backend.run(async (ctx) => ctx.db.query("conversations").first());
  if (row === null) throw new Error("There is a conversation");
  return row;
}
