// The gate of `npm run eval:agent`, and the honesty of its data.
import { describe, expect, test } from "vitest";
import { isTrue, judge, type Judgement } from "./judge.ts";
import { type Half, readLeads } from "./lead-file.ts";
import { paraphrase } from "./paraphrase.ts";
import { play } from "./play.ts";
import { SeededRandom } from "./random.ts";
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
  test("are at least a hundred, nearly half of them held out, about two thirds of each half in Portuguese", () => {
    const of = (half: Half, language: string) =>
      leads.filter((lead) => lead.half === half && lead.language === language).length;
    for (const half of ["tuning", "held-out"] as const) {
      const inPortuguese = of(half, "pt") / (of(half, "pt") + of(half, "en"));
      expect(of(half, "pt") + of(half, "en")).toBeGreaterThanOrEqual(50);
      expect(inPortuguese).toBeGreaterThan(0.6);
      expect(inPortuguese).toBeLessThan(0.75);
    }
    expect(leads.length).toBeGreaterThanOrEqual(100);
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
    // Counted: a failure is not to print what is not to be seen.
    expect(said("held-out").filter((text) => tuning.has(text)).length).toBe(0);
  });

  test("play the same conversation for the same seed, and another one for another", async () => {
    const lead = leads[0];
    if (!lead) throw new Error("there are no leads");
    const texts = async (seed: number) => (await play(lead, seed)).messages.map((message) => message.text);
    expect(await texts(3)).toEqual(await texts(3));
    expect(await texts(3)).not.toEqual(await texts(4));
  });
});

describe("a paraphrase", () => {
  const lead = (persona: string) => {
    const found = leads.find((candidate) => candidate.persona === persona);
    if (!found) throw new Error(`no lead is a ${persona}`);
    return found;
  };
  const wordings = (text: string, persona: string) =>
    Array.from({ length: 200 }, (_, seed) => paraphrase(text, lead(persona), new SeededRandom(seed)).join(" "));

  test("leaves numbers in words whole, and changes the words around them", () => {
    const said = wordings("somos dezessete atendentes", "hot");
    expect(said.every((text) => text.includes("dezessete"))).toBe(true);
    expect(new Set(said).size).toBeGreaterThan(5);
  });

  test("never changes what a machine says", () => {
    const text = "Obrigado por entrar em contato. Responderemos em breve!";
    expect(new Set(wordings(text, "bot"))).toEqual(new Set([text]));
    expect(new Set(wordings(text, "hot")).size).toBeGreaterThan(5);
  });
});

describe("the gate", () => {
  test("is passed by the offline brain on the held-out half, over five seeds", async () => {
    expect(missedGates(summarize(await evaluate("held-out", [1, 2, 3, 4, 5])))).toEqual([]);
  }, 60_000);

  test("is passed on the tuning half too", async () => {
    expect(missedGates(summarize(await evaluate("tuning", [1, 2])))).toEqual([]);
  }, 60_000);

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

  test("does not take Portuguese for Spanish by the words that both have", async () => {
    const lead = leads.find((candidate) => candidate.id === "tp01");
    if (!lead) throw new Error("tp01 is gone");
    const conversation = await play(lead, 1);
    const text = "Deixa eu perguntar de outro jeito: quem costuma bater o martelo nesse tipo de contratação aí?";
    const messages = [{ id: "x", at: 0, from: "agent", kind: "text", text } as const];
    expect(judge({ ...conversation, messages }).wrongLanguage).toBe(0);
  });

  test("takes a fact for right only when the hidden truth holds it", () => {
    expect(isTrue(12, { said: [10, 12], final: 12 })).toBe(true);
    expect(isTrue(11, { said: [10, 12], final: 12 })).toBe(false);
    expect(isTrue("Planilha do Excel", ["planilha"])).toBe(true);
    expect(isTrue({ amountCents: 100, currency: "BRL" }, { money: 200 })).toBe(false);
    expect(isTrue("anything", undefined)).toBe(false);
  });
});
