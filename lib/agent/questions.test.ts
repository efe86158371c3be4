// Nobody is asked twice for what they have answered, whatever they say and whichever brain reads it.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyFactChanges, type KnownFact } from "../domain/qualification-facts.ts";
import { newQualification } from "../domain/qualification-state.ts";
import { EVALUATION_PLAYBOOKS } from "./evaluation/playbooks.ts";
import { offlineBrain } from "./offline/brain.ts";
import { comparable } from "./offline/text.ts";
import { nextAsk } from "./questions.ts";
import { makeTurn, makeUnderstanding, TUESDAY_AFTERNOON } from "./turn-builder.ts";
import { runTurn } from "./turn.ts";
import type { Brain, TurnMessage, TurnResult, Understanding } from "./types.ts";

const MINUTE_MS = 60_000;
const COUNT = 7;

type Exchange = { result: TurnResult; pendingBefore: string | undefined; knownBefore: readonly string[] };

/** A whole conversation of one message a turn; `says` is what the lead says, `[audio]` a voice note. */
async function converse(says: readonly string[], brain: Brain): Promise<Exchange[]> {
  const exchanges: Exchange[] = [];
  const messages: TurnMessage[] = [];
  let facts: KnownFact[] = [];
  let state = newQualification();
  for (const [turn, text] of says.entries()) {
    const at = TUESDAY_AFTERNOON + turn * MINUTE_MS;
    const id = `m${turn}`;
    const base = { id, at, from: "lead" } as const;
    messages.push(text === "[audio]" ? { ...base, kind: "audio" } : { ...base, kind: "text", text });
    const input = makeTurn([], { messages: [...messages], newMessageIds: [id], facts, state, now: at });
    const result = await runTurn(input, brain);
    exchanges.push({ result, pendingBefore: state.pending, knownBefore: facts.map(({ key }) => key) });
    facts = applyFactChanges(facts, result.factChanges);
    state = result.state;
    messages.push(
      ...result.messages.map((said, part): TurnMessage => ({
        id: `${id}-${part}`,
        at,
        from: "agent",
        kind: "text",
        text: said,
      })),
    );
    if (result.handoff || result.pause || result.optOut) break;
  }
  return exchanges;
}

function goalOf({ move }: TurnResult): string | null {
  if (move.kind === "ask") return move.ask.goal;
  if (move.kind === "ask_for_time") return "meeting";
  if (move.kind !== "answer" && move.kind !== "handle_objection") return null;
  return move.next === null || move.next === "meeting" ? move.next : move.next.goal;
}

/** What was asked that should not have been: known, answered in any way, asked a third time, or put in the same words. */
function askedAgain(exchanges: readonly Exchange[]): string[] {
  const times = new Map<string, number>();
  const closed = new Set<string>();
  const wrong: string[] = [];
  for (const { result, pendingBefore, knownBefore } of exchanges) {
    const reply = result.understanding?.pendingReply ?? "none";
    if (pendingBefore !== undefined && reply !== "none") closed.add(pendingBefore);
    const goal = goalOf(result);
    if (goal === null) continue;
    times.set(goal, (times.get(goal) ?? 0) + 1);
    if (knownBefore.includes(goal) || closed.has(goal)) wrong.push(`${goal}, which was answered`);
    if ((times.get(goal) ?? 0) > 2) wrong.push(`${goal}, a third time`);
  }
  const questions = exchanges.flatMap(({ result }) => result.messages.join("\n").match(/[^.!?\n]{16,}\?/g) ?? []);
  const words = questions.map(comparable);
  return [...wrong, ...words.filter((question, at) => words.indexOf(question) !== at)];
}

describe("a question that was answered", () => {
  const PHRASES = [
    ..."ok|oi|sim|não|não sei|prefiro não dizer|depende|sei lá|kkkk|boa tarde|obrigado|hum entendi|[audio]".split("|"),
    ..."somos 12|uns 3 mil|planilha|eu mesmo|Maria|Acme Ltda|whatsapp|mês que vem|caro|sem verba".split("|"),
    ..."quanto custa?|integra com o bitrix?|como funciona|quero uma demonstração|vocês demoram|já falei isso".split(
      "|",
    ),
    ..."ninguém responde os clientes no sábado|perdemos venda toda semana|já temos um sistema|preciso pensar".split(
      "|",
    ),
    ..."we are 8|no idea|too expensive|how does it work?|nobody follows up|I decide|a spreadsheet|what is the price?".split(
      "|",
    ),
  ];
  const speech = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.array(fc.constantFrom(...PHRASES), { minLength: 1, maxLength: 3 }).map((parts) => parts.join(", ")),
    },
    { weight: 1, arbitrary: fc.string({ minLength: 1, maxLength: 60 }) },
  );

  test("is not asked again, whatever a lead says to the offline brain", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(speech, { minLength: 4, maxLength: COUNT }), async (says) => {
        expect(askedAgain(await converse(says, offlineBrain))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test("is not asked again, whatever a brain makes of the lead's words", async () => {
    const source = { messageId: "m0", quote: "" };
    const reading = fc.record<Partial<Understanding>>({
      pendingReply: fc.constantFrom("answered", "refused", "unclear", "none"),
      intents: fc
        .subarray(["asks_demo", "affirms", "complains", "abusive", "declines"] as const, { maxLength: 1 })
        .map((kinds) => kinds.map((kind) => ({ kind, ...source }))),
      question: fc.constantFrom(
        null,
        null,
        { topic: "price", ...source } as const,
        { topic: "other", ...source } as const,
      ),
      objection: fc.constantFrom(null, null, { kind: "must_think", ...source } as const),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(reading, { minLength: COUNT, maxLength: COUNT }), async (readings) => {
        let turn = 0;
        const brain: Brain = {
          ...offlineBrain,
          understand: async () => ({ understanding: makeUnderstanding(readings[turn++]) }),
        };
        const exchanges = await converse(
          readings.map((_, at) => `palavras ${at}`),
          brain,
        );
        expect(askedAgain(exchanges)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test("stays answered when the answer comes after a voice note that could not be heard", async () => {
    const exchanges = await converse(["oi", "[audio]", "usamos umas coisas por aqui e vai indo"], offlineBrain);
    expect(exchanges[1]?.result.move.kind).toBe("ask_for_text");
    expect(exchanges.map(({ result }) => goalOf(result))).toEqual(["teamSize", null, "currentSolution"]);
  });
});

describe("a question that got no answer", () => {
  test.each([
    ["a question of the lead's own", "vocês integram com o bitrix?"],
    ["courtesy", "boa tarde"],
    ["a complaint", "vocês demoraram, hein"],
    ["another fact", "meu nome é Carla"],
  ])("is put once more after %s, in other words", async (_, said) => {
    const [first, second] = await converse(["oi", said], offlineBrain);
    const goal = first ? goalOf(first.result) : null;
    expect(goal).not.toBeNull();
    expect(second ? goalOf(second.result) : null).toBe(goal);
  });

  test("is not put again where the playbook has only one wording and so has everyone", () => {
    const wordings = { pt: ["Qual é a sua cor?", "Qual e a sua COR"] };
    const questions = { ...EVALUATION_PLAYBOOKS.nexa.questions, situation: [{ fact: "color", wordings }] };
    const context = {
      playbook: { ...EVALUATION_PLAYBOOKS.nexa, questions },
      facts: [],
      contactName: "Ana",
      spin: newQualification().spin,
      language: "pt",
    } as const;
    expect(nextAsk({ ...context, state: { asked: [] } })?.goal).toBe("color");
    expect(nextAsk({ ...context, state: { asked: [{ goal: "color", times: 1 }] } })?.goal).toBe("problem");
  });
});
