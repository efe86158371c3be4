// The gate of `npm run eval:agent`, and the honesty of its data.
import { describe, expect, test } from "vitest";
import { isTrue, judge, type Judgement } from "./judge.ts";
import { type Half, readLeads } from "./lead-file.ts";
import { play } from "./play.ts";
import { GATE, missedGates, summarize } from "./report.ts";

const leads = readLeads();

async function evaluate(half: Half, seeds: readonly number[]): Promise<Judgement[]> {
  const judgements: Judgement[] = [];
  for (const seed of seeds) {
    for (const lead of leads.filter((candidate) => candidate.half === half))
      judgements.push(judge(await play(lead, seed)));
  }
  return judgements;
}

describe("the simulated leads", () => {
  test("are at least forty, half of them held out, in both languages", () => {
    const of = (half: Half, language: string) =>
      leads.filter((lead) => lead.half === half && lead.language === language).length;
    expect(of("tuning", "pt")).toBe(of("held-out", "pt"));
    expect(of("tuning", "en")).toBe(of("held-out", "en"));
    expect(leads.length).toBeGreaterThanOrEqual(40);
    expect(new Set(leads.map((lead) => lead.id)).size).toBe(leads.length);
  });

  test("the held-out half shares no sentence with the tuning half", () => {
    const said = (half: Half) =>
      leads
        .filter((lead) => lead.half === half)
        .flatMap((lead) => [
          ...lead.opening,
          ...lead.script.map((entry) => entry.says),
          ...Object.values(lead.replies).flat(),
        ])
        .filter((text) => text.split(" ").length > 2)
        .map((text) => text.toLowerCase());
    const tuning = new Set(said("tuning"));
    expect(said("held-out").filter((text) => tuning.has(text))).toEqual([]);
  });

  test("play the same conversation for the same seed, and another one for another", async () => {
    const lead = leads[0];
    if (!lead) throw new Error("there are no leads");
    const texts = async (seed: number) => (await play(lead, seed)).messages.map((message) => message.text);
    expect(await texts(3)).toEqual(await texts(3));
    expect(await texts(3)).not.toEqual(await texts(4));
  });
});

describe("the gate", () => {
  test("is passed by the offline brain on the held-out half, over five seeds", async () => {
    expect(missedGates(summarize(await evaluate("held-out", [1, 2, 3, 4, 5])))).toEqual([]);
  }, 20_000);

  test("is passed on the tuning half too", async () => {
    expect(missedGates(summarize(await evaluate("tuning", [1, 2])))).toEqual([]);
  }, 20_000);

  test("says what was missed", () => {
    const scores = summarize([]);
    expect(missedGates({ ...scores, outcomeAccuracy: GATE.outcomeAccuracy - 0.01, inventions: 1 })).toEqual([
      "outcomeAccuracy 79.0 % is below 80.0 %",
      "inventions is 1, not 0",
    ]);
  });
});

describe("the judge", () => {
  test("counts a price that the playbook does not hold, a question told already and a reply in another language", async () => {
    const lead = leads.find((candidate) => candidate.id === "tp01");
    if (!lead) throw new Error("tp01 is gone");
    const conversation = await play(lead, 1);
    const spoilt = judge({
      ...conversation,
      messages: [
        ...conversation.messages,
        { id: "x", at: 0, from: "lead", kind: "text", text: "ok" },
        { id: "y", at: 1, from: "agent", kind: "text", text: "The price for you is R$ 99 and that is what we can do" },
      ],
      asked: [...conversation.asked, { topic: "teamSize", wasTold: true }],
    });
    expect(spoilt).toMatchObject({ inventions: 1, repeatedQuestions: 1, wrongLanguage: 1 });
  });

  test("takes a fact for right only when the hidden truth holds it", () => {
    expect(isTrue(12, { said: [10, 12], final: 12 })).toBe(true);
    expect(isTrue(11, { said: [10, 12], final: 12 })).toBe(false);
    expect(isTrue("Planilha do Excel", ["planilha"])).toBe(true);
    expect(isTrue({ amountCents: 100, currency: "BRL" }, { money: 200 })).toBe(false);
    expect(isTrue("anything", undefined)).toBe(false);
  });
});
