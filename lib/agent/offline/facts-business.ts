// What the lead's business is like: tools, channels, money, timing, place.
import type { Found } from "./facts-people.ts";
import { NUMBER_SOURCE } from "./numbers.ts";
import { CITIES } from "./places.ts";
import { readSegment } from "./segment.ts";
import { type Amount, readAmounts } from "./spoken-money.ts";
import { readTeamSize } from "./team-size.ts";
import { type CanonicalText, phrases } from "./text.ts";

const TOOLS =
  "planilhas?(?: (?:do |no |de )?(?:excel|google|sheets))?|excel|google sheets|caderno|caderninho|agenda de papel|papel|post ?-? ?it|bloco de notas|hubspot|pipedrive|salesforce|rd station|rd|kommo|zoho|agendor|trello|notion|(?<=(?:use|using|uso|usamos|o|no) )monday|monday \\. com|ploomes|bitrix(?: ?24)?|moskit|totvs|sap|blip|zendesk|intercom|manychat|chatbot|whatsapp (?:business|web)|spreadsheets?|pen and paper|notebook|sticky notes|outlook|gmail inbox|airtable|freshdesk|close crm|(?:paper|desk|pocket) diary|diary|notepads?|white ?boards?|quadro branco|wall (?:planner|calendar)|lousa|paper|asana|crm(?: (?:proprio|interno|antigo))?|erp|sistema (?:proprio|interno|antigo)|an old crm|our own system";
const CURRENT: readonly RegExp[] = [
  phrases(
    `(?:usamos|uso|usa|usando|utilizamos|utilizo|temos|tenho|trabalhamos|controlamos|controlo|controle|all|anotamos|anoto|anotando|fazemos|faco|faz|fica|feito|organizamos|vai|esta|hoje e|e|tudo|anotado|via|rodamos|using|use|have|on|with|run|in|through|by|into|track|keep) (?:tudo |hoje |isso |so |um |uma |o |a |no |na |num |numa |em |com |pelo |pela |de |ainda |mesmo |mais |muito |everything |it |just |only |an? |the |our |mostly |old |in |on |with )*(${TOOLS})(?: (?:e|and|\\+|mais) (?:o |a |um |uma |no |na )?(?:${TOOLS}))?`,
  ),
  phrases(
    "(?:no braco|na mao|no olho|tudo manual|manualmente|(?:e |feito |mais |muito )manual|(?<!dor )de cabeca|na memoria|no boca a boca|by hand|manually|(?:all|mostly|completely) manual|in (?:my|our) heads?)",
  ),
  phrases(
    "(?:nao (?:usamos|uso|temos|tenho) (?:nada|nenhum(?:a)? (?:sistema|ferramenta|crm))|(?:we (?:don't|do not) (?:use|have)|nothing) (?:anything|any (?:tool|system|crm)|really|at all))",
  ),
];

const CHANNELS: readonly { value: string; pattern: RegExp }[] = [
  { value: "whatsapp", pattern: phrases("whatsapp") },
  { value: "instagram", pattern: phrases("instagram|direct") },
  { value: "facebook", pattern: phrases("facebook|messenger") },
  { value: "email", pattern: phrases("e ?-? ?mails?") },
  { value: "phone", pattern: phrases("telefone|ligacao|ligacoes|phone calls?|phone") },
  { value: "website", pattern: phrases("site|website|landing page|web form|formulario") },
  { value: "referral", pattern: phrases("indicacao|indicacoes|boca a boca|referrals?|word of mouth") },
];
const CHANNEL_CONTEXT = phrases(
  "(?:chegam|chega|vem|vêm|vindo|recebemos|recebo|atendemos|atendo|falamos|entram|entra|captamos|contato|leads?|clientes|vendemos|vendas|atendimento|come|comes|arrive|reach|get|sell|message|messages|contact|inquiries|enquiries)",
);
const TIMELINE = phrases(
  "(?:o )?(?:quanto antes|mais rapido possivel)|para ontem|com urgencia|urgente|imediat[oa](?:mente)?|ja|agora mesmo|essa semana|esta semana|este mes|esse mes|ainda (?:este|esse|neste|nesse) (?:mes|ano|semestre|trimestre)",
  "(?:ate|em|no|para|comeco de|inicio de|final de|fim de|la por) (?:o |a )?(?:comeco de |inicio de |final de |fim de |fim do |final do |inicio do |comeco do )?(?:janeiro|fevereiro|marco|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro|ano|mes que vem|natal|black friday)(?: que vem)?",
  `(?:em|daqui a|dentro de|in|within) (?:uns |umas |about |the next )?${NUMBER_SOURCE} (?:dias|semanas|mes|meses|days|weeks|months?)`,
  "(?:no |na )?(?:proxim[oa] (?:mes|semana|trimestre|semestre|ano)|(?:mes|semestre|trimestre|ano|semana) que vem)|sem pressa|mais para frente|este ano|esse ano",
  "as soon as possible|right away|immediately|this (?:week|month|quarter|year)|next (?:week|month|quarter|year)|(?:by|before|in) (?:january|february|march|april|may|june|july|august|september|october|november|december|summer|christmas|the end of the (?:month|quarter|year)|year end|q[1-4])|no rush|end of (?:the )?(?:month|quarter|year)",
);
const TIMELINE_CONTEXT = phrases(
  "(?:quero|queremos|queria|preciso|precisamos|gostaria|comecar|resolver|implantar|implementar|contratar|rodando|pronto|funcionando|fechar|prazo|ideia e|want|need|start|launch|live|running|up and running|decide|go live|in place|sorted|ready)",
);
export const SOON =
  /ontem|quanto antes|rapido|urgen|imediat|agora|ja|semana|este mes|esse mes|as soon|right away|immediately|this week|this month|next week/;

const LOCATION = phrases(
  `(?:(?:aqui )?(?:de|em|do|no|na|da cidade de|fica em|somos de|sou de|moro em|loja em|in|from|based in|out of|located in) )(${CITIES})`,
);

export function readBusiness(canon: CanonicalText, currency: string): Found[] {
  return [
    ...readSegment(canon),
    ...readTeamSize(canon),
    ...readBudget(canon, currency),
    ...readCurrent(canon),
    ...readChannels(canon),
    ...readTimeline(canon),
    ...readLocation(canon),
  ];
}

const BUDGET_BEFORE =
  /(?:orcamento|verba|budget|investir|gastar|pagar|invest|spend|disponivel|separad[oa]s?|reservad[oa]s?|set aside|allocated|cabe|faixa|pensando em|limite|teto|tenho|temos|have|got|ate|up to|around)\b[^.!?]{0,40}$/;
const BUDGET_AFTER =
  /^[^.!?]{0,25}\b(?:de orcamento|de verba|budget|para investir|para isso|para gastar|to spend|to invest|set aside|disponive(?:l|is)|e o (?:limite|teto|maximo)|no maximo|tops)/;
const NOT_BUDGET =
  /(?:fatur\w+|receita|pagamos|pago|pagava|perd\w+|custa\w*|cobra\w*|ticket|vend\w+|lucro|prejuizo|revenue|losing|lose|lost|paying|pay|costs?|charges?|deal|worth|media de|deixa\w* de|left on)\b[^.!?]{0,40}$/;

/** What comes behind a number that counts something else than money. */
const COUNTED =
  /^\s*(?:%|por cento|percent|leads|clientes|pessoas|customers|people|anos|years|meses|months|dias|days|h\b|vendas|unidades|lojas)/;

function readBudget(canon: CanonicalText, currency: string): Found[] {
  const amount = readAmounts(canon, currency).find(({ money, explicitCurrency, before, after }) => {
    const isBig = explicitCurrency || money.amountCents >= 10_000;
    const isBudget = BUDGET_BEFORE.test(before) || BUDGET_AFTER.test(after);
    return isBig && isBudget && !NOT_BUDGET.test(before) && !COUNTED.test(after);
  });
  return amount ? [budgetFact(amount)] : [];
}

/** The amount a bare reply names when the budget was asked. */
export function readBareBudget(canon: CanonicalText, currency: string): Found[] {
  const amount = readAmounts(canon, currency).find(
    ({ money, before, after }) => money.amountCents >= 5_000 && !COUNTED.test(after) && !NOT_BUDGET.test(before),
  );
  return amount ? [budgetFact(amount)] : [];
}

function budgetFact({ money, quote }: Amount): Found {
  return { key: "monthlyBudget", value: money, confidence: 0.85, quote };
}

function readCurrent(canon: CanonicalText): Found[] {
  for (const [index, pattern] of CURRENT.entries()) {
    const match = canon.text.matchAll(pattern).next().value;
    if (!match) continue;
    const quote = canon.quote(match.index, match.index + match[0].length);
    const tool = index === 0 && match[1] !== undefined ? match[0].indexOf(match[1]) : 0;
    const value = canon.quote(match.index + tool, match.index + match[0].length);
    return [{ key: "currentSolution", value, confidence: 0.8, quote }];
  }
  return [];
}

function readChannels(canon: CanonicalText): Found[] {
  const inContext = [...canon.text.matchAll(CHANNEL_CONTEXT)].length > 0;
  return inContext ? readBareChannels(canon) : [];
}

/** Every channel named, whatever is said about it. */
export function readBareChannels(canon: CanonicalText): Found[] {
  return CHANNELS.flatMap(({ value, pattern }) => {
    const match = canon.text.matchAll(pattern).next().value;
    if (!match) return [];
    return [
      { key: "channels", value, confidence: 0.75, quote: canon.quote(match.index, match.index + match[0].length) },
    ];
  });
}

function readTimeline(canon: CanonicalText): Found[] {
  const inContext = [...canon.text.matchAll(TIMELINE_CONTEXT)].length > 0;
  return inContext ? readBareTimeline(canon).filter((found) => !/^(?:já|ja)$/i.test(found.quote)) : [];
}

/** A time to start, as a reply to "when". */
export function readBareTimeline(canon: CanonicalText): Found[] {
  const match = canon.text.matchAll(TIMELINE).next().value;
  if (!match) return [];
  const quote = canon.quote(match.index, match.index + match[0].length);
  return [{ key: "timeline", value: quote, confidence: 0.75, quote }];
}

function readLocation(canon: CanonicalText): Found[] {
  const match = canon.text.matchAll(LOCATION).next().value;
  const city = match?.[1];
  if (!match || city === undefined) return [];
  const start = match.index + match[0].length - city.length;
  const value = canon.quote(start, start + city.length);
  return [{ key: "location", value, confidence: 0.8, quote: canon.quote(match.index, match.index + match[0].length) }];
}
