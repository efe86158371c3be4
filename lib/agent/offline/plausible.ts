// Whether free text can be the answer to an open question. What people do with words besides answering (thanking, leaving,
// complaining, refusing, ordering the agent about) is no answer, however long it is.
import type { IntentKind } from "../types.ts";
import { saysNoBudget } from "./objections.ts";
import { phrases } from "./text.ts";

/** Intents of a clause after which it says nothing about the lead's business. */
const NOT_AN_ANSWER: ReadonlySet<IntentKind> = new Set([
  "asks_human",
  "opts_out",
  "not_a_lead",
  "abusive",
  "instructs_agent",
  "existing_customer",
  "declines",
  "will_not_buy",
  "postpones",
  "leaves",
  "complains",
  "asks_demo",
  "asks_price",
  "asks_identity",
  "asks_info",
]);

const FILLER =
  "ok okay sim nao no yes claro certo beleza hum+ hm+ ah oh aff e esta oi+ ola opa entendi legal isso bom bem boa show tudo obrigad[oa] valeu k+ (?:rs)+ (?:ha)+ (?:he)+ tipo sei la talvez maybe sure cool got it i see fine good great nice hi hello hey thanks thank you cheers dia tarde noite ne uai ue eita nossa poxa puxa moco moca amig[oa] colega querid[oa] cara mano meu minha filh[oa] bem gente senhora? mate pal right alright well so and bye tchau falou fui hmm+ lol oxe+ vixe afe xi whatever dunno meh nah joia tranquilo perfeito pois entao por favor please mesmo aham uhum blz mm+ what the que wow really seriously serio so quem sabe logo ai eh desculpa sorry perdao to bother incomodo pel[oa] atencao atenciosamente abracos? for your time";
const EMPTY = new RegExp(`^(?:(?:${FILLER.split(" ").join("|")}|[^a-z0-9])(?: |$))+$`);
/** Words about this talk or its partner rather than about the business. */
const ABOUT_US = phrases(
  "(?:voces|voce|contigo) (?:nao |ja |so |me |nos |ainda |sempre )*(?:sao|e|esta|estao|tem|fazem|vendem|mandam|mandaram|mandou|querem|quer|perguntam?|falam|ficam|pod\\w+|respond\\w+|demor\\w+|conhec\\w+|trabalh\\w+|atend\\w+|ligam?|ligaram|ligou|podem?)",
  "(?:you guys|you lot|you people|your (?:company|bot|ad|ads|message|messages|service|website|site|number|product|software|team)|are you|do you|did you|have you|can you|could you|would you|will you)",
  "(?:seu|sua|seus|suas|de voces) (?:mensag\\w+|anuncio|propaganda|site|empresa|produto|sistema|numero|servico|perfil)",
);
const REQUEST = phrases(
  "(?:me (?:manda|passa|envia|explica|fala|liga|diz|mostra|da|conta)|manda (?:ai|para mim)|(?:send|tell|give|show|call|email) me)",
  "(?:quero|queria|gostaria de|preciso|i want|i'd like|i need) (?:\\w+ ){0,2}(?:saber|informac\\w+|preco|valor|orcamento|estorno|reembolso|falar|conversar|cancelar|sair|to know|info|information|a price|prices|a quote|a refund|to talk|to speak|to cancel|to leave)",
);
const TALK_OF_MONEY = phrases(
  "(?:de graca|gratuit[oa]s?|gratis|doac(?:ao|oes)|donations?|monthly fee|for free|free of charge|unless it's free|voluntarios? e|nao (?:tenho|temos) (?:de onde tirar|dinheiro|verba|recursos?))",
);
/** "Sales, time, customers?" - "all of that". */
const ALL_OF_IT = phrases(
  "^(?:(?:ah|olha|sim|acho que|de|um pouco de|perdemos|perco|mudaria|quase) )*(?:tudo(?: isso| mesmo| um pouco| ai| junto)*|cada(?: coisa| um)?|tod[oa]s(?: as coisas| el[ae]s)?|as (?:tres|duas) coisas|os tres|as tres|de tudo um pouco)(?= ?(?:$|[.,!]))",
  "^(?:(?:well|yes|oh|honestly|probably|a bit of|a little of) )*(?:all (?:of (?:it|them|those|the above|that)|three)|everything|the lot|all the above|every one of them|both)(?= ?(?:$|[.,!]))",
);
const CHOICES: ReadonlySet<string> = new Set(["implication", "desiredOutcome", "problem"]);
const NEEDS: ReadonlySet<string> = new Set(["problem", "implication", "desiredOutcome"]);
/** "Nothing bothers us" is no problem, and "nothing would change" no wish. */
const NO_NEED = phrases(
  "(?:nada|nenhum\\w*) (?:me |nos )?(?:incomoda|atrapalha|demais|de mais|mudaria|muda|a reclamar|de especial|problema|impacto|prejuizo)(?: \\w+)?",
  "nao (?:me |nos )?(?:incomoda|atrapalha|muda|mudaria|perdemos|perco|perde|afeta|impacta|temos problemas?|tenho problemas?|tem problemas?) ?(?:nada|nenhum\\w*|muito|em nada)?(?= ?(?:$|[.,!]))",
  "(?:esta|ta|vai|funciona|roda) (?:tudo )?(?:otimo|perfeito|redondo|redondinho|certinho|bem|certo|direitinho|tranquilo)(?= ?(?:$|[.,!]| aqui| por aqui))",
  "(?:nothing|not much|not a lot)(?: really| much| at all| in particular)?(?: (?:bothers|would change|is wrong|wrong|changes|to complain|comes to mind)(?: \\w+){0,2})?(?= ?(?:$|[.,!]))",
  "(?:don't|doesn't|wouldn't|do not|isn't|not) (?:really )?(?:lose|losing|cost|costing|change|bother|affect|a problem)(?: us| me)?(?: (?:anything|nothing|a thing|much|at all))?(?= ?(?:$|[.,!]))",
  "(?:it|everything|all) (?:just |all )?(?:works|is working|runs|is|'s) (?:just |absolutely |perfectly )?(?:fine|well|ok|okay|great|good)|no (?:problems?|issues?|complaints|bother)(?= ?(?:$|[.,!]| here| really| at all))",
);
const NO_WISH = phrases("(?:nao|nem|don't|not|do not) (?:quero|queria|gostaria|preciso|want|need)");
/** Not now, and not to this question. */
const PUTS_OFF = phrases(
  "(?:agora|hoje|no momento) (?:eu |nao |estou |to |ando )*(?:ocupad[oa]|sem tempo|nao posso|nao da|na correria|corrid[oa]|dirigindo|trabalhando|em reuniao)",
  "(?:estou|to|ando|estamos) (?:\\w+ )?(?:ocupad[oa]s?|sem tempo|na correria|dirigindo|em reuniao|com pressa)(?= ?(?:$|[.,!]| agora| hoje| demais| no momento))",
  "(?:don't|do not|no|haven't) (?:have |got )?(?:the )?time (?:for|to do|right now|now|today)(?: \\w+){0,2}|(?:i'm|i am|we're) (?:\\w+ )?(?:busy|driving|in a meeting|in a hurry|in a rush|tied up)(?: \\w+){0,3}",
  "(?:vou|preciso|quero|deixa eu|let me|need to|have to|want to|i'll|will) (?:\\w+ )?(?:pensar|pesquisar|analisar|ver com calma|think|sleep on|look into|mull)(?: \\w+){0,4}|(?:just|only|so|apenas) (?:a |uma? )?(?:looking|browsing|curious|comparing|research|olhando|pesquisando|pesquisa|curiosidade|dando uma olhada)(?: \\w+){0,3}",
);
const WAITING = phrases(
  "(?:ano|mes|semana|semestre) que vem|next (?:week|month|year|quarter)|(?:few|couple of|some) (?:weeks|months)|mais para frente|(?:depois|apos) d[ao] (?:safra|colheita|natal|ferias|carnaval)",
);

/** Nothing in it but courtesy, laughter and hesitation. */
export function isEmptyTalk(text: string): boolean {
  return !/[a-z0-9]/.test(text) || EMPTY.test(text);
}

/** Whether a clause with these intents, as canonical text, may answer an open question about `goal`. */
export function isPlausible(clause: { goal: string; text: string; intents: readonly IntentKind[] }): boolean {
  const { goal, text, intents } = clause;
  if (CHOICES.has(goal) && shows(ALL_OF_IT, text)) return true;
  if (isEmptyTalk(text) || intents.some((kind) => NOT_AN_ANSWER.has(kind))) return false;
  if (goal !== "currentSolution" && saysNoBudget(text)) return false;
  if (shows(REQUEST, text) || shows(PUTS_OFF, text)) return false;
  if (NEEDS.has(goal) && shows(NO_NEED, text)) return false;
  if (goal === "desiredOutcome") return !shows(TALK_OF_MONEY, text) && !shows(NO_WISH, text);
  if (shows(ABOUT_US, text)) return false;
  if (goal === "segment")
    return !/^(?:nao|nem|nunca|quero|queria|preciso|not|no|never|i want|i need)(?![a-z])/.test(text);
  if (goal === "currentSolution") return !shows(WAITING, text);
  return goal !== "implication" || !(shows(TALK_OF_MONEY, text) || ONLY_WAITING.test(text));
}

const ONLY_WAITING = /^(?:\S+ ){0,4}(?:ano|mes|semana|semestre) que vem(?: \S+){0,2}$/;

function shows(pattern: RegExp, text: string): boolean {
  return !text.matchAll(pattern).next().done;
}
