// What the lead wants to know. The last question of a message is the one that waits for an answer.
import type { IntentKind, QuestionTopic, Source } from "../types.ts";
import { isTag, questionPart } from "./statements.ts";
import type { CanonicalText } from "./text.ts";
import { phrases } from "./text.ts";

const TOPICS: readonly { topic: QuestionTopic; pattern: RegExp }[] = [
  {
    topic: "discount",
    pattern: phrases(
      "(?:tem|da|fazem?|rola|consegue|consigo|algum|um|me da|quero) (?:algum |um |uns |o )?(?:desconto|descontinho|promocao|cupom)",
      "(?:abaixa|baixar|melhorar|negociar) (?:o |esse |nesse )?(?:preco|valor)",
      "(?:any|a|get|give me|is there a|some) (?:discount|promo|coupon|deal on)",
      "lower (?:the )?price",
      "\\d+ ?% (?:de )?(?:desconto|off|discount)",
    ),
  },
  {
    topic: "privacy",
    pattern: phrases(
      "(?:como|onde|de onde|quem) (?:voces |voce |te |que )*(?:conseguiu|conseguiram|pegou|pegaram|arrumou|arrumaram|tem|tirou|passou|deu) (?:o )?(?:meu|esse) (?:numero|contato|telefone|whatsapp)",
      "(?:how|where) did you get my (?:number|contact|email|details)",
      "lgpd",
    ),
  },
  {
    topic: "hours",
    pattern: phrases(
      "(?:qual|que|quais) (?:e |o |sao |os )*(?:horarios?) (?:de )?(?:atendimento|funcionamento)",
      "(?:que|ate que) horas (?:voces )?(?:abrem|fecham|atendem|funcionam)",
      "(?:what are your|your) (?:opening |business |working )?hours",
      "when are you open",
    ),
  },
  {
    topic: "link",
    pattern: phrases(
      "(?:qual (?:e )?o|manda o|passa o|tem|voces tem|me manda o|envia o) (?:link|site|website|pagina)(?: (?:de voces|da empresa))?",
      "(?:what's|what is|send me|share|do you have) (?:your |the |a )?(?:website|link|site|url)",
    ),
  },
  {
    topic: "offer",
    pattern: phrases(
      "(?:como (?:isso |ele |ela |que |e que )?(?:funciona|funcionam))(?: (?:isso|o servico|o sistema|a ferramenta|ai|na pratica|exatamente|o produto|a plataforma))?",
      "o que (?:e|eh|seria|voces|vocês|que voces|exatamente voces) ?(?:fazem|vendem|oferecem|isso|e isso|e esse|exatamente|fazem exatamente)?(?= ?(?:\\?|$|o |esse|essa|exatamente))",
      "(?:queria|quero|gostaria de|preciso) (?:de )?(?:saber|entender|conhecer|mais informacoes|informacoes|ver)(?: (?:um pouco|melhor))?(?: mais)?(?: (?:sobre|como|do|da|o))?",
      "(?:mais|me da|manda|me passa|queria|quero|gostaria de) (?:algumas |umas )?(?:informacoes|detalhes|infos?)",
      "(?:me explica|pode explicar|me fala|me conta) (?:um pouco )?(?:mais|melhor|como|o que|sobre|do|da)",
      "(?:what (?:do you|exactly do you|does it|is it|is this|does your (?:product|company|tool)))(?: guys)?(?: exactly)? ?(?:do|offer|sell|about)?",
      "how (?:does|do|would) (?:it|this|that|your \\w+|you) (?:work|help)",
      "(?:tell me|know|learn|find out|hear|like) (?:a bit |a little )?more(?: (?:about|info|information))?",
      "more (?:info|information|details)",
    ),
  },
];

/** The question of a message, by topic: a known topic, else `other` when it ends in a question mark. */
export function readQuestion(
  canon: CanonicalText,
  messageId: string,
  intents: readonly { kind: IntentKind; quote: string }[],
): ({ topic: QuestionTopic } & Source) | null {
  const quoteOf = (kind: IntentKind) => intents.find((intent) => intent.kind === kind)?.quote;
  const identity = quoteOf("asks_identity");
  if (identity !== undefined) return { topic: "identity", messageId, quote: identity };
  for (const { topic, pattern } of TOPICS.slice(0, 1)) {
    const match = canon.text.matchAll(pattern).next().value;
    if (match) return { topic, messageId, quote: canon.quote(match.index, match.index + match[0].length) };
  }
  const price = quoteOf("asks_price");
  if (price !== undefined) return { topic: "price", messageId, quote: price };
  return readOtherTopic(canon, messageId);
}

function readOtherTopic(canon: CanonicalText, messageId: string): ({ topic: QuestionTopic } & Source) | null {
  const asked = canon.sentences().findLast((sentence) => sentence.isQuestion && sentence.end - sentence.start > 7);
  const part = asked ? questionPart(canon, asked) : null;
  const sentence = part ? canon.text.slice(part.start, part.end) : "";
  for (const { topic, pattern } of TOPICS.slice(1)) {
    const match = canon.text.matchAll(pattern).next().value;
    if (!match) continue;
    if (topic === "offer" && asked && !sentence.includes(match[0])) continue;
    return { topic, messageId, quote: canon.quote(match.index, match.index + match[0].length) };
  }
  if (!part || SMALL_TALK.test(sentence) || isTag(sentence) || TIME_ASKED.test(sentence)) return null;
  return { topic: "other", messageId, quote: canon.quote(part.start, part.end) };
}

/** "Thursday at 11, ok?" and "can it be Friday?" propose a time. */
const TIME_ASKED =
  /^(?:pode ser |serve |da |que tal |how about |does |is |would )?(?:(?:na |no |on )?(?:segunda|terca|quarta|quinta|sexta|sabado|amanha|hoje|monday|tuesday|wednesday|thursday|friday|tomorrow)|(?:as |at )?\d{1,2} ?(?:h|am|pm))[^?]{0,30}$/;

/** Questions that are greetings, or that ask us to go on. */
const SMALL_TALK = new RegExp(
  "^(?:[a-z ,]{0,12} )?(?:tudo (?:bem|bom|certo|joia)|como vai|tudo em paz|how are you|what's up|ne|certo|entendeu|sabe|you know|right|ok|pode ser|por que|hein|alo|tem alguem ai|anybody there|como assim|oi)$",
);
