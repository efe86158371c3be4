// Which fact a question asks for, by its words, so that nobody is asked what they have told already.
import { fold, phrases } from "./offline/text.ts";
import { isKnown } from "./questions.ts";
import type { Verification } from "./verification.ts";

const ASKS: readonly { fact: string; pattern: RegExp }[] = [
  {
    fact: "name",
    pattern: phrases(
      "(?:qual (?:e )?(?:o )?seu nome|como (?:voce )?(?:se chama|posso te chamar)|com quem (?:eu )?(?:falo|estou falando|tenho o prazer))",
      "(?:what(?:'s| is) your name|who (?:am i|do i have the pleasure of) (?:talking|speaking) (?:to|with)|may i (?:have|ask) your name)",
    ),
  },
  {
    fact: "company",
    pattern: phrases(
      "(?:qual (?:e )?(?:o )?nome d[ae] (?:sua )?empresa|(?:empresa|negocio) ,? ?(?:como )?se chama|de qual empresa)",
      "(?:what(?:'s| is) (?:your company(?: called)?|the name of your company)|which company|what is your company called)",
    ),
  },
  {
    fact: "teamSize",
    pattern: phrases(
      "quantas? (?:pessoas|vendedores|funcionarios|colaboradores)(?: \\w+){0,4}|(?:tamanho|quantos) (?:do|no|sao no|na) (?:time|equipe)|sao em quantos",
      "how (?:many people|big is (?:your|the) team|large is (?:your|the) team)|team size",
    ),
  },
  {
    fact: "email",
    pattern: phrases(
      "(?:qual (?:e )?(?:o )?(?:seu )?(?:melhor )?e-?mail|me passa (?:o )?seu e-?mail)",
      "(?:what(?:'s| is) your (?:best )?e-?mail|your e-?mail(?: address)?)",
    ),
  },
  {
    fact: "phone",
    pattern: phrases(
      "(?:qual (?:e )?(?:o )?(?:seu )?(?:telefone|celular|whatsapp)|me passa (?:o )?seu (?:telefone|numero))",
      "(?:what(?:'s| is) your (?:phone|number|phone number))",
    ),
  },
  {
    fact: "decisionMaker",
    pattern: phrases(
      "(?:quem (?:decide|toma a decisao|bate o martelo|costuma bater)|decisao (?:fica|e) (?:com voce|sua)|voce (?:que )?decide)",
      "(?:who (?:decides|makes the decision|usually has the final say)|are you the decision maker|decision yours)",
    ),
  },
  {
    fact: "monthlyBudget",
    pattern: phrases(
      "(?:qual (?:e )?(?:o )?(?:seu |orcamento)|quanto (?:voces? )?(?:pretendem?|querem?|podem?|pensam?) (?:em )?(?:investir|gastar))",
      "(?:what(?:'s| is) your budget|how much (?:do you|are you) (?:plan|planning|want|looking) to (?:spend|invest))",
    ),
  },
  {
    fact: "currentSolution",
    pattern: phrases(
      "(?:qual (?:sistema|ferramenta|crm)|que (?:sistema|ferramenta|crm)) (?:voces? )?(?:usam?|utilizam?)",
      "(?:what|which) (?:tool|system|crm|software) (?:do you|are you)",
    ),
  },
];

/** The question that asks for a known fact, unless it is the very question the policy chose. */
export function findAskedFact(questions: readonly string[], { input, facts, move }: Verification): string | undefined {
  const chosen = chosenWording(move);
  const known = { facts, contactName: input.contactName };
  return questions.find((question) => {
    const text = fold(question);
    if (chosen !== null && fold(chosen).includes(text.trim().slice(-20))) return false;
    return ASKS.some(({ fact, pattern }) => isKnown(fact, known) && !text.matchAll(pattern).next().done);
  });
}

function chosenWording(move: Verification["move"]): string | null {
  if (move.kind === "ask") return move.ask.wording;
  if (move.kind !== "answer" && move.kind !== "handle_objection") return null;
  return move.next === null || move.next === "meeting" ? null : move.next.wording;
}
