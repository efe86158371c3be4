// How many people a team has. Every number in a message is weighed by what it counts, and by what is done with it:
// a stated total stands, parts of a team are added up, and hours, shops, orders and those who left count for nothing.
import type { Found } from "./facts-people.ts";
import { NUMBER_SOURCE, parseWhole } from "./numbers.ts";
import { type CanonicalText, phrases } from "./text.ts";

type Mention = { value: number; start: number; end: number; isPeople: boolean; isTotal: boolean; isFramed: boolean };

const NUMBER = phrases(`(${NUMBER_SOURCE})`);
const MOST_PEOPLE = 20_000;

const ROLE_NOUN =
  "(?:vendedor(?:a|es|as)?|corretor(?:a|es|as)?|colaborador(?:a|es|as)?|funcionari[oa]s?|atendentes?|sdrs?|consultor(?:a|es|as)?|soci[oa]s?|profission(?:al|ais)|advogad[oa]s?|dentistas?|medic[oa]s?|veterinari[oa]s?|representantes?|closers?|secretari[oa]s?|recepcionistas?|ajudantes?|estagiari[oa]s?|professor(?:a|es|as)?|instrutor(?:a|es|as)?|tecnic[oa]s?|mecanic[oa]s?|motoristas?|entregador(?:a|es|as)?|cozinheir[oa]s?|garcons?|garcom|garconetes?|tosador(?:a|es|as)?|cabeleireir[oa]s?|barbeir[oa]s?|manicures?|esteticistas?|fisioterapeutas?|psicolog[oa]s?|contador(?:a|es|as)?|analistas?|assistentes?|auxiliar(?:es)?|gerentes?|voluntari[oa]s?|operador(?:a|es|as)?|promotor(?:a|es|as)?|agentes?|montador(?:a|es|as)?|pedreir[oa]s?|costureir[oa]s?|balconistas?|caixas|pessoas?|gente|cabecas|menin[oa]s?|rapaz(?:es)?|mocas?|mulheres|homens|irma(?:o|os|s)?|guris?|caras|people|persons?|employees?|reps?|sales ?people|salespeople|agents?|staff(?: members)?|sellers?|members?|of us|folks|advis[eo]rs?|admins?|assistants?|receptionists?|consultants?|volunteers?|workers?|team ?mates|nurses?|doctors?|lawyers?|teachers?|trainers?|technicians?|engineers?|drivers?|stylists?|therapists?|bakers?|cooks?|waiters?|clerks?|brokers?|recruiters?|managers?|partners?|(?:part|full) ?-? ?time(?:rs?)?|guys|girls|lads|ladies|women|men|hands|closers|designers?|developers?|handlers?|coordinators?|operators?)";
const ADJECTIVES =
  "(?:(?:bons|boas|otim[oa]s|outr[oa]s|mais|de nossas|d[ea] |sales|support|full ?-? ?time|part ?-? ?time|office|senior|junior|good|other|more|in|na|no|nas|nos|field|customer|account) )*";
const PEOPLE_AFTER = new RegExp(`^ ${ADJECTIVES}${ROLE_NOUN}(?![a-z])`);
/** What else a number may count, close behind it. */
const OTHER_AFTER =
  /^ ?(?:%|por cento|percent|x |anos?|mes(?:es)?|semanas?|dias?|horas?|hs?(?![a-z])|hrs?|minutos?|vezes|mil(?![a-z])|k(?![a-z])|reais|contos?|pila|dolares|dollars?|bucks|pounds|euros|lojas?|unidades?|filia(?:l|is)|franquias?|salas?|andares|clientes?|leads?|contatos?|pedidos?|mensagens|ligacoes|orcamentos?|vendas?|vagas?|imoveis|carros?|produtos?|numeros?|celulares?|linhas?|grupos?|cidades|bairros|estados|cnpjs?|empresas|depositos?|galp(?:ao|oes)|armazens|caminh(?:ao|oes)|motos|vans|frotas?|pontos?|postos|marcas|fabricas|fazendas|maquinas|warehouses|trucks|vans|depots|companies|brands|factories|countries|states|cities|pacientes?|alunos?|hospedes?|quartos?|mesas?|cadeiras?|years?|months?|weeks?|days?|hours?|minutes?|times(?![a-z])|a\.?m|p\.?m|o'clock|stores?|shops?|branches|locations?|offices|sites|clients|customers|orders|messages|calls|deals|quotes|enquiries|inquiries|leads|inboxes|phones|properties|cars|rooms|tables|patients|students|guests|th(?![a-z])|: ?\d|\/ ?\d)/;
const MONEY_BEFORE = /(?:r \$|us \$|\$|€|£|custa|custam|pagamos|pago|paga|fatur\w+|costs?|pay|paying|spend|worth) ?$/;
const HOUR_BEFORE =
  /(?:^| )(?:as|das|ate as|from|at|open|until|till|desde as|seculo|dia|numero|n°|sala|ha|faz|em cada|de cada|one in|in every)$/;
/** The number counts those who are gone, those who were, or who does not matter here. */
const GONE_BEFORE =
  /(?:sairam|saiu|foram embora|demit\w+|perdi|perdemos|mandei embora|eram|eramos|era|tinha|tinham|tinhamos|ja fomos|antes (?:eramos|tinha\w*)|left|lost|fired|quit|let go of|used to (?:be|have)|were|had|was|down from|sem contar|fora|tirando|alem d[aeo]s?|not counting|excluding|besides|apart from|contrat\w+ mais|hired|hiring|(?:de|out of|in) cada|of every|um em)(?: \w+)? ?$/;
const GONE_AFTER =
  /^ (?:\S+ ){0,2}(?:sairam|saiu|foram embora|pediram (?:as )?contas|left|quit|gone|resigned|have gone|que nao contam|nao contam)(?![a-z])/;
const TOTAL_BEFORE =
  /(?:somos|estamos em|ficamos em|da uns|da umas|da|dao|totaliza\w*|total(?: de| e| is| of)?|ao todo|no total|tudo junto|somando(?: tudo)?(?: da)?|contando (?:tudo|todo mundo|todos)(?: da)?|hoje (?:sao|tem|temos)|agora (?:sao|somos|temos)|we're|we are|there's|there are|there is|makes|=|altogether|all told|all in|in total|total team)(?: em| about| around| roughly| just| so| only| uns| umas| cerca de| quase| mais de| over| nearly)* ?$/;
const TOTAL_AFTER =
  /^ (?:\S+ ){0,4}?(?:no total|ao todo|total|em tudo|somando tudo|in total|in all|altogether|all told|all in|contando (?:comigo|tudo|todos|todo mundo)|counting me|including me|me included|comigo(?: junto| incluso)?)(?![a-z])/;
/** "120, with 14 drivers": the first number is all of them, when it is the greater. */
const PART_AFTER = new RegExp(
  `^ ?(?:pessoas |people )?,? ?(?:com|sendo|dos quais|das quais|with|of which|of whom) (${NUMBER_SOURCE}) `,
);
const FRAME_BEFORE =
  /(?:somos|temos|tenho|sao|estamos|time|equipe|quadro|empresa tem|comercial tem|tem|trabalham|atendem|conto com|contamos com|team of|team is|we're|we are|we have|we've got|i have|there are|there's|staff of|employ|have|has)(?: (?:em|de|uns|umas|um|uma|so|cerca|mais|ou|menos|about|around|roughly|just|only|hoje|aqui|atualmente|now|currently|a|time|equipe|team|nos|nas|no|na|tem|of|com|e))* ?$/;
/** "A clinic with 6 people", "we sell tyres, 6 people": the team of what the lead has, unlike "he spoke with two sellers". */
const OWN_WITH =
  /(?:somos|sou|temos|tenho|trabalh\w+|represento|gestao|don[oa]|aqui e|vendemos|vendo|fazemos|faco|fornec\w+|oferecemos|minha|nossa|we|we are|we're|i run|i own|i have|i work|i've got|our|company|empresa|loja|clinica)(?![a-z])[^.!?]{0,70} (?:com|with|of|e|,|and)(?: (?:uns|umas|cerca de|about|around|mais ou menos|a team of|uma equipe de|um time de))* ?$/;
const TEAM_OF = /(?:equipe|time|quadro|team|staff)(?: (?:e|de|com|tem|of|is|has|uns|umas|cerca de|about|around))* ?$/;
const TALKS_WITH = /(?:fal\w+|convers\w+|lid\w+|talk\w*|speak\w*|spoke|deal\w*|brig\w+|atend\w+) (?:com|with) ?$/;
const OF_US_ALONE = /^ of us(?= ?(?:$|[.,!]| in | here| total| all))/;

/** Me, beside those who are counted. */
const ME_TOO = phrases(
  "(?:e|mais|fora|alem de) (?:eu|mim)(?: mesm[oa])?",
  "eu (?:,|e|mais)(?: mais)?(?= )",
  "(?:and|plus|\\+|besides|apart from) (?:me|myself|i)(?= ?(?:$|[.,!=]))",
  "me (?:and|plus|,)",
);
const ME_INCLUDED = phrases(
  "contando (?:comigo|eu)|comigo (?:junto|incluso|inclusa)|ja (?:conto|contando) comigo|incluindo (?:eu|a mim)|counting me|including (?:me|myself)|me included",
);
const KIN = phrases(
  "(?:minha|meu|minhas|meus|my) (?:esposa|mulher|marido|mae|pai|irma|irmao|filh[oa]|soci[oa]|sobrinh[oa]|cunhad[oa]|nora|genro|prim[oa]|ti[oa]|namorad[oa]|noiv[oa]|wife|husband|mum|mom|mother|father|dad|brother|sister|son|daughter|partner|cousin|nephew|niece)",
);
const ALONE = phrases(
  "(?:so|somente|apenas)(?: tem)? eu(?: mesm[oa])?(?: e deus)?",
  "eu e (?:mais )?(?:deus|ninguem)(?: mais)?",
  "sou (?:so |so eu |eu )?(?:sozinh[oa]|unic[oa]|eu so)",
  "eu sozinh[oa]",
  "(?:trabalho|toco|tocando|faco|atendo|cuido|resolvo|vendo|levo|carrego|dou conta de)(?: (?:tudo|isso|aqui|de))* sozinh[oa]",
  "(?:faco|atendo|resolvo|cuido de) tudo (?:eu mesm[oa]|por aqui eu|eu)",
  "exercito de (?:um homem|uma mulher|uma pessoa|um) ?(?:so)?",
  "(?:bloco|empresa|banda|time|equipe) d[eo] (?:eu sozinh[oa]|eu ?mesm[oa]|um[a]? (?:pessoa )?so)",
  "eu ?-? ?quipe|euquipe|faz ?-? ?tudo aqui sou eu",
  "(?:nao tenho|sem|nao tem|nao ha) (?:nenhum |nenhuma |mais )?(?:funcionari[oa]s?|equipe|time|empregad[oa]s?|ajudantes?|ninguem(?: comigo| mais)?)",
  "(?:ninguem|mais ninguem) (?:alem de|fora|senao) (?:mim|eu)",
  "(?:just|only) (?:me|myself|yours truly|moi)",
  "(?:i'm|i am|it's|its) (?:just |only |all )?(?:me|by myself|alone|solo|on my own|a team of one|a solo operation)(?= ?(?:$|[.,!]| here| right now| doing| at the moment| for now| really| so far))",
  "(?:i|we) (?:run|do|handle|work|operate) (?:\\w+ ){0,3}(?:alone|solo|by myself|on my own)",
  "one ?-? ?(?:man|woman|person|gal|guy) ?-? ?(?:show|band|operation|business|shop|team)?",
  "solo (?:operation|business|founder|trader|act|show|shop)|sole trader|flying solo|team of one|me ,? myself and i|all by myself|wear (?:all|every one of) (?:the|of the) hats",
  "(?:no|don't have|haven't got|without) (?:any )?(?:employees|staff|team|one else)(?= ?(?:$|[.,!]| here| yet))",
);
const DECIDING = phrases(
  "decid\\w+|decis\\w+|resolv\\w+ (?:isso|essas)|assin\\w+|aprov\\w+|sign\\w*|decide\\w*|choose|call",
);

const STATED_ALONE = phrases(
  "sou (?:so )?(?:eu )?sozinh[oa]",
  "(?:trabalho|toco|faco|atendo|levo)(?: (?:tudo|isso|aqui))* sozinh[oa]",
  "tudo sozinh[oa]",
  "nao tenho (?:nenhum |nenhuma )?(?:funcionari[oa]s?|equipe|empregad[oa]s?)",
  "(?:it's|i'm) (?:just|only) me",
  "(?:by myself|on my own|sole trader|solo (?:operation|business|founder|trader))",
  "one ?-? ?(?:man|woman|person) ?-? ?(?:show|band|operation|business|shop|team)",
);
const MY_LIST = phrases(
  "(?:eu|me) (?:e|,|and|plus|mais) (?:minha|meu|my|um|uma|a|mais)",
  "(?:minha|meu|my) [a-z]+ (?:e|and) (?:eu|me|i|um|uma|a)",
);
const ONE = /^(?:so |apenas |somente |just |only )*(?:um|uma|one|1)(?: so| so mesmo| mesmo| only)?$/;

/** A size stated without being asked: only in a sentence made for it ("somos 12", "a team of eight"). */
export function readTeamSize(canon: CanonicalText): Found[] {
  const mentions = mentionsIn(canon);
  const counted = mentions.filter((mention) => mention.isPeople || mention.isTotal);
  if (counted.some((mention) => mention.isFramed && mention.value > 1)) return [sizeOf(canon, counted)];
  return shows(STATED_ALONE, canon.text) && !shows(DECIDING, canon.text) ? readAlone(canon) : [];
}

/** The size in a reply to "how many are you": also a bare number, a list of people, an idiom for one. */
export function readBareTeamSize(canon: CanonicalText): Found[] {
  const mentions = mentionsIn(canon);
  const people = mentions.filter((mention) => mention.isPeople || mention.isTotal);
  if (shows(MY_LIST, canon.text)) return [sizeOf(canon, people.length > 0 ? people : mentions)];
  if (people.some((mention) => mention.value > 1)) return [sizeOf(canon, people)];
  const alone = readAlone(canon);
  if (alone.length > 0) return alone;
  const bare = mentions.find((mention) => mention.value > 1 || ONE.test(canon.text.replaceAll(/ ?[.,!]/g, "")));
  const counted = bare ? [bare] : people;
  return counted.length > 0 || kinIn(canon).length > 0 ? [sizeOf(canon, counted)] : [];
}

/** "Just me" and its many cousins are a team of one. */
function readAlone(canon: CanonicalText): Found[] {
  const alone = canon.text.matchAll(ALONE).next().value;
  return alone ? [teamOf(1, canon, { start: alone.index, end: alone.index + alone[0].length })] : [];
}

/** The total when one is stated, else the parts together, and the lead when the lead is not among them. */
function sizeOf(canon: CanonicalText, mentions: readonly Mention[]): Found {
  const total = mentions.findLast((mention) => mention.isTotal && mention.value > 1);
  const parts = total ? [total] : mentions.filter((mention) => mention.isPeople || mentions.length === 1);
  const kin = total || mentions.length === 0 || shows(MY_LIST, canon.text) ? kinIn(canon) : [];
  const isMeBeside = !total && shows(ME_TOO, canon.text) && !shows(ME_INCLUDED, canon.text);
  const sum = parts.reduce((all, part) => all + part.value, 0) + (total ? 0 : kin.length);
  const spans = [...parts, ...(total ? [] : kin)];
  const start = Math.min(...spans.map((span) => span.start));
  const end = Math.max(...spans.map((span) => span.end));
  return teamOf(sum + (isMeBeside || (parts.length === 0 && !total) ? 1 : 0), canon, { start, end });
}

function teamOf(value: number, canon: CanonicalText, { start, end }: { start: number; end: number }): Found {
  return { key: "teamSize", value, confidence: 0.85, quote: canon.quote(start, end) };
}

function kinIn(canon: CanonicalText): { start: number; end: number }[] {
  return [...canon.text.matchAll(KIN)].map((match) => ({ start: match.index, end: match.index + match[0].length }));
}

/** Numbers that may count people of the team now; all others are left out. */
function mentionsIn(canon: CanonicalText): Mention[] {
  return [...canon.text.matchAll(NUMBER)].flatMap((match) => {
    const value = parseWhole(match[1] ?? "");
    const before = canon.text.slice(0, match.index);
    const numberEnd = match.index + match[0].length;
    const after = canon.text.slice(numberEnd);
    if (value === null || value < 1 || value > MOST_PEOPLE || isOtherwise(before, after)) return [];
    const part = parseWhole(PART_AFTER.exec(after)?.[1] ?? "") ?? value;
    const isStatedTotal = TOTAL_BEFORE.test(before) || TOTAL_AFTER.test(after);
    const isTotal = isStatedTotal || value > part;
    const people = PEOPLE_AFTER.exec(after)?.[0];
    const isPeople = people !== undefined || TEAM_OF.test(before);
    const end = numberEnd + (people?.length ?? 0);
    return [{ value, start: match.index, end, isPeople, isTotal, isFramed: isStatedTotal || isFramed(before, after) }];
  });
}

function isFramed(before: string, after: string): boolean {
  if (FRAME_BEFORE.test(before) || (OWN_WITH.test(before) && !TALKS_WITH.test(before))) return true;
  return /(?:^|[.,!] )$/.test(before) && OF_US_ALONE.test(after);
}

function isOtherwise(before: string, after: string): boolean {
  return (
    OTHER_AFTER.test(after) ||
    MONEY_BEFORE.test(before) ||
    HOUR_BEFORE.test(before.trimEnd()) ||
    GONE_AFTER.test(after) ||
    (GONE_BEFORE.test(before) && !/(?:fora|alem de) eu (?:sao|somos|tem)/.test(before))
  );
}

function shows(pattern: RegExp, text: string): boolean {
  return !text.matchAll(pattern).next().done;
}
