import { describe, expect, it } from "vitest";
import { answerFor } from "../../lib/agent/answers.ts";
import { askedTopic } from "../../lib/agent/evaluation/asked.ts";
import { checkPlaybook } from "../../lib/domain/playbook-check.ts";
import { defaultPlaybook } from "../../lib/domain/playbook-default.ts";
import { SEED_TENANTS } from "./tenants.ts";

const [horizonte] = SEED_TENANTS;
if (horizonte?.teach === undefined) throw new Error("Horizonte teaches its agent");
const playbook = horizonte.teach(defaultPlaybook(horizonte.firstRun));
const spoken = playbook.languages;

describe("what Horizonte taught its agent", () => {
  it("may be published", () => {
    expect(checkPlaybook(playbook)).toEqual([]);
  });

  it("is written in every language that the agent speaks", () => {
    const { offer, faq, objections } = playbook;
    const texts = [offer.summary, ...offer.benefits, ...[...faq, ...objections].map(({ answer }) => answer)];
    for (const text of texts) expect(Object.keys(text)).toEqual(spoken);
  });

  it("asks in words that a lead understands", () => {
    for (const { fact, wordings } of playbook.questions.situation) {
      for (const wording of Object.values(wordings).flat())
        expect([wording, askedTopic([wording])]).toEqual([wording, fact]);
    }
  });

  it.each([
    ["vcs emitem nota fiscal de saida com substituicao tributaria?", "substituição tributária"],
    ["Emite NF-e?", "NF-e"],
    ["quanto tempo leva a implantação?", "30 dias"],
    ["Integra com o Mercado Livre?", "API"],
    ["tem fidelidade?", "mensal"],
    ["Como é o suporte?", "telefone e WhatsApp"],
    ["O sistema atende esse porte?", "20 a 300"],
  ])("answers %s", (quote, said) => {
    const answer = answerFor({ topic: "other", quote, messageId: "m1" }, playbook, "pt");
    expect(answer).toMatchObject({ source: "faq", text: expect.stringContaining(said) });
  });
});
