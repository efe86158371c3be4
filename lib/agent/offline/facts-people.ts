// Who the lead is: name, company, role, say in the decision, addresses, place.
import type { FactValue } from "../../domain/qualification-facts.ts";
import { CITIES } from "./places.ts";
import type { CanonicalText } from "./text.ts";
import { fold, phrases } from "./text.ts";

/** A fact as found in one message. `quote` is exact. */
export type Found = { key: string; value: FactValue; confidence: number; quote: string };

const NAME_WORD = String.raw`(?!(?:Da|Do|De|Na|No|Aqui|Sou|Da|A|O)\b)\p{Lu}[\p{L}'’-]+`;
const ANY_NAME_WORD = String.raw`\p{L}[\p{L}'’-]+`;
/** After "da" these begin a company's name; anything else goes on with a person's: "João da Silva". */
const COMPANY_NOUN =
  "(?:Construtora|Imobiliária|Imobiliaria|Clínica|Clinica|Loja|Lojas|Grupo|Rede|Empresa|Padaria|Escola|Agência|Agencia|Academia|Farmácia|Farmacia|Oficina|Transportadora|Studio|Estúdio|Instituto|Centro|Casa|Auto|Tech|Pousada|Hotel|Restaurante|Mercado|Supermercado|Escritório|Consultoria|Indústria|Industria|Distribuidora|Pet|Espaço|Móveis|Moveis)";
const PARTICLE = String.raw`(?:\s(?:de|da|do|dos|das)(?=\s(?!${COMPANY_NOUN})\p{Lu}))?`;
const PROPER = String.raw`${NAME_WORD}(?:${PARTICLE}\s${NAME_WORD}){0,3}`;
const BRAND_WORD = String.raw`\p{Lu}[\p{L}\d&'’.-]*[\p{L}\d]`;
const BRAND = String.raw`${BRAND_WORD}(?:\s(?:(?:de|da|do|dos|das|e|&|and|of)\s)?${BRAND_WORD}){0,4}(?:\s\p{Lu}(?![\p{L}]))?`;

/** Introductions that leave no doubt: the next word is a name, however it is written. */
const NAME_STRONG = [
  new RegExp(
    String.raw`(?:[Mm]eu nome (?:é|e|eh)|[Mm]e chamo|[Pp]ode (?:me )?chamar de|[Mm]y name is|[Mm]y name['’]?s|[Cc]all me)\s+(?:(?:[Oo] |[Aa] )?(?:[Dd]ona|[Ss]eu|[Dd]ra?\.?)\s)?(${ANY_NAME_WORD}(?:\s\p{Lu}[\p{L}'’-]+){0,2})`,
    "u",
  ),
];
/** Introductions that could announce something else ("sou da Acme"): the name must be capitalized. */
const NAME_WEAK = [
  new RegExp(
    String.raw`(?<![\p{L}])(?:[Ss]ou (?:[oa] )?|[Aa]qui (?:é|e|eh|quem fala é|quem fala e) (?:[oa] )?|[Ff]ala (?:[oa] )|[Éé] [oa] |I['’]m |I am |[Tt]his is |[Ii]t['’]s )(${PROPER})`,
    "u",
  ),
  new RegExp(String.raw`(?:^|[,.!]\s*)(${NAME_WORD})(?: aqui| here)(?![\p{L}])`, "u"),
  new RegExp(
    String.raw`(?<![\p{L}])i['’]?m ((?!(?:The|A|An|In|Not|Just|Looking|Interested|From|Here|Sure|Ok|Good|Fine)\b)${NAME_WORD})(?=\s?(?:,|and|from|at|\.|$))`,
    "u",
  ),
];

const COMPANY = [
  new RegExp(
    String.raw`(?:(?:[Nn]ome d)?[Aa] (?:minha |nossa )?(?:empresa|loja|clínica|clinica|agência|agencia|escola|imobiliária|imobiliaria)(?: aqui)? (?:é|e|eh|se chama|chama) (?:a |o )?|(?:[Ss]ou|[Ff]alo|[Ss]omos|[Aa]qui é|[Tt]rabalho|[Aa]tuo|[Ee]u sou) (?:d?[ao] |n[ao] |pela |para a )?(?:empresa )|(?:[Ee]mpresa|[Nn]ome d[ae] empresa|[Ff]irma)\s*:\s*)(${BRAND})`,
    "u",
  ),
  new RegExp(
    String.raw`(?:[Ss]ou|[Ff]alo|[Ss]omos|[Tt]rabalho|[Aa]qui é|[Aa]qui e) (?:d[ao]|n[ao]|pel[ao]) (${BRAND})(?![\p{L}])`,
    "u",
  ),
  new RegExp(
    String.raw`(?:\p{Lu}\p{L}+)(?:,? (?:aqui,? )?(?:from|with|at|of) (?:the )?|, (?:aqui,? )?d[ao] |,? (?:aqui,? )?d[ao] (?=${COMPANY_NOUN}))(${BRAND})(?![\p{L}])`,
    "u",
  ),
  new RegExp(
    String.raw`(?:I work (?:at|for)|I['’]?m (?:from|with|at)|[Ww]e['’]?re(?: called| from)?|[Ww]e are(?: called)?|(?:[Mm]y|[Oo]ur|[Tt]he) (?:company|business|firm|agency|shop|clinic)(?: name)?(?: is|['’]s)(?: called)?|[Cc]ompany\s*:|[Oo]n behalf of|I (?:run|own)|[Ff]ounder of|[Oo]wner of|CEO of|at|from) (?:the )?(${BRAND})(?![\p{L}])`,
    "u",
  ),
  new RegExp(
    String.raw`(?:don[oa]|sóci[oa]|soci[oa]|propriet[áa]ri[oa]|fundador[a]?|diretor[a]?(?: comercial| de vendas| geral)?|gerente(?: comercial| de vendas| geral)?|coordenador[a]?(?: comercial| de vendas)?|marketing|vendas|comercial|(?:assistente|analista|auxiliar|secret[áa]ri[oa]|estagi[áa]ri[oa]|recepcionista)(?: (?:d[aeo] )?\p{Ll}+){0,2}|cuido d[ao] \p{L}+) (?:d[ao]|n[ao]) (${BRAND})(?![\p{L}])`,
    "u",
  ),
];

/** For messages typed without a single capital, where only the place in the sentence tells a name. */
const NAME_LOW =
  /(?:^|[\s,.!])(?:sou [oa]|aqui (?:é|e|eh) [oa]|fala [oa]|i['’]?m|this is)\s+(\p{L}{3,})(?=\s*(?:$|[,.!]|da\s|do\s|e\s|from\s|and\s|at\s))/u;
const COMPANY_LOW =
  /(?:ger?ente|diretora?|analista|assistente|don[oa]|s[óo]ci[oa]|coordenadora?|manager|owner|founder|director|head|analyst|assistant)(?:\s(?:comercial|geral|(?:de|of)\s\p{L}+))?\s(?:d[ao]|n[ao]|at|of|with)\s((?:\p{L}[\p{L}\d&'-]*\s?){1,3}?)(?=\s*(?:$|[,.!\n]|\s(?:e|and|estou|estamos|we|que)\s))/u;

const PLACE = new RegExp(
  `^(?:${CITIES}|coimbra|lisboa|porto|york|oxford|cambridge|glasgow|edinburgh|cardiff|liverpool|birmingham|sheffield|nottingham|olinda|petropolis|pelotas|cascavel|chapeco|feira de santana|ipatinga|montes claros|anapolis|jundiai|piracicaba|franca|marilia|taubate|palmas|boa vista|macapa|porto velho|rio branco|sao luis|sao carlos|sao bernardo|santo andre)$`,
);
const NOT_BRANDS: ReadonlySet<string> = new Set(
  "minha meu nossa nosso mine ours whatsapp instagram facebook google excel sp rj mg oi ola bom boa hoje segunda brasil internet hubspot pipedrive salesforce rd linkedin trello notion kommo site eu the we i monday tuesday wednesday thursday friday".split(
    " ",
  ),
);

const ROLES = phrases(
  "(?:sou (?:o |a |um |uma )?)?(?:dono|dona|proprietario|proprietaria|empresari[oa]|fundador|fundadora|socio|socia)(?:[ -](?:fundador|fundadora|administrador|administradora|proprietari[oa]))?",
  "ceo|cto|cmo|coo|cfo",
  "(?:diretor|diretora|gerente|coordenador|coordenadora|supervisor|supervisora|analista|assistente|auxiliar|head|gestor|gestora|lider)(?: (?:geral|comercial|administrativ[oa]|financeir[oa]|executiv[oa]|operacional|pedagogic[oa]|(?:de|da|do) (?:vendas|marketing|operacoes|ti|compras|rh|atendimento|loja|unidade|expansao|relacionamento|crm|growth|logistica|producao|estoque|suprimentos|faturamento|projetos|produtos?|qualidade|frota|engenharia)))?",
  "(?:vendedor|vendedora|estagiari[oa]|secretari[oa]|recepcionista|corretor|corretora|representante|sdr)(?= (?:aqui|da|do|na|no|de)|$| [.,])",
  "(?:sales|marketing|operations|office|account|store|general|project|commercial) (?:manager|director|lead|coordinator|assistant|rep|analyst)",
  "(?:co ?- ?)?(?:founder|owner)(?: and ceo)?|business owner|managing (?:director|partner)",
  "head of (?:sales|marketing|growth|operations|support)|vp of (?:sales|marketing|operations)|(?:executive |personal )?assistant|intern",
);
const ROLE_ANNOUNCED =
  /(?:sou|atuo como|trabalho como|cargo|funcao|i'm|i am|work as|as) (?:(?!com|falar|with)[a-z]+ ,? ?)?(?:e |sou )?(?:o |a |um |uma |the |an )?$|(?:^|, )$/;
const OWNER =
  /^(?:sou (?:o |a |um |uma )?)?(?:don[oa]|proprietari[oa]|empresari[oa]|fundador|fundadora|soci[oa]|ceo|founder|owner|business owner|co ?- ?(?:founder|owner)|managing)/;

const DECIDES = phrases(
  "(?:sou )?eu (?:mesm[oa] )?(?:que |quem )?(?:decido|decide|resolvo|defino|aprovo|bato o martelo|contrato)(?: (?:tudo|isso|sozinh[oa]))?",
  "(?:a )?decisao (?:e|fica) (?:so |toda )?(?:minha|comigo|por minha conta)",
  "quem (?:decide|resolve|define|aprova|bate o martelo) (?:aqui )?sou eu(?: mesm[oa])?",
  "(?:eu e (?:meu|minha) (?:socio|socia|irmao|irma|esposa|marido)) (?:decidimos|decide|resolvemos)",
  "(?:it's|that's|the decision is|decision's) (?:all )?(?:my (?:call|decision)|mine|up to me|on me)",
  "i (?:make|get to make) (?:the|that|those|all) (?:call|calls|decision|decisions)",
  "i (?:decide|have the final say|sign off)(?: (?:on (?:it|that|this)|myself))?",
);

export function readPeople(canon: CanonicalText): Found[] {
  return [
    ...readName(canon.source),
    ...readCompany(canon.source),
    ...readRole(canon),
    ...readDecision(canon),
    ...readAddresses(canon.source),
  ];
}

/** What a bare reply to "what is your name" or "which company" names, without "it is" and greetings; null when it names nothing. */
export function bareName(source: string): string | null {
  const bare = source
    .trim()
    .replace(
      /^(?:(?:oi|olá|ola|opa|ah|é|e|eh|sim|claro|hi|hey|oh|sure|it['’]s|it is|i['’]m|this is|we['’]re|sou|aqui é|se chama|chama-se|chama|meu nome é|o nome é|nome é|me chamo|pode me chamar de|pode chamar de|me chamam de|me chama de|call me|my name is|my name's|it's called|called|dr\.?|dra\.?|a nossa|nossa|a minha|minha|empresa|the company is)[,:!]?\s+)*(?:(?:o|a|the|da|do)\s+)?/iu,
      "",
    )
    .replace(/[\s,]*(?:aqui|prazer|e você|e vc|e voce|and you|here|nice to meet you|muito prazer)?[.!?\s]*$/iu, "");
  const words = bare.split(/\s+/);
  const isName = words.length <= 4 && /^\p{L}[\p{L}\d\s&'’.-]*$/u.test(bare);
  return isName && !NOT_A_NAME.test(fold(bare)) && !SENTENCE_WORD.test(fold(bare)) ? bare : null;
}

const NOT_A_NAME =
  /^(?:sim|nao|ok|oi|ola|bom dia|boa (?:tarde|noite)|tudo bem|obrigad[oa]|valeu|yes|no|sure|hello|hi|thanks|nada|depois|talvez|quanto|como|qual|quem|por ?que|para que|pq|isso|beleza|blz|nao sei|prefiro nao|why|what|who|when|pra que|maybe|later|rather not|skip|whatever|tanto faz|n|s|dra?|minha|meu|mine|moc[oa]|amig[oa]|cara|hum+|hm+|sei|told|as i|yeah|purely|sorry|desculpa|fui|tchau|bye|kk+|rs+)(?:\s|$)/;
/** Words of sentences. What is said with them is not the name of anybody or anything. */
const SENTENCE_WORD =
  /(?:^|\s)(?:i|i'm|you|u|told|said|say|just|not|don't|can't|won't|is|are|was|were|am|have|has|that|this|yeah|if|when|because|buying|curious|eu|nao|nem|tenho|temos|quero|queria|ja|isso|esse|que|voce|voces|vcs|vc|aff|deixa|entao|moca|moco|depois|agora|quando|porque|pq|obrigado|obrigada|desculpa|thanks|sorry|vou|vai|foi|sou|estou|to|esta|tem|fala|falar|quer|pra|pro)(?=\s|$)/;

function readName(source: string): Found[] {
  for (const [patterns, confidence] of [
    [NAME_STRONG, 0.95],
    [NAME_WEAK, 0.8],
  ] as const) {
    for (const pattern of patterns) {
      const match = pattern.exec(source);
      const name = match?.[1];
      if (!match || name === undefined || isBrandLike(name) || ROLE_WORD.test(fold(name))) continue;
      return [{ key: "name", value: trimName(name), confidence, quote: match[0].trim() }];
    }
  }
  const low = hasNoCapitals(source) ? NAME_LOW.exec(source) : null;
  const name = low?.[1];
  if (!low || name === undefined || ROLE_WORD.test(fold(name)) || NOT_A_LOW_NAME.has(fold(name))) return [];
  return [{ key: "name", value: name, confidence: 0.65, quote: low[0].trim() }];
}

function hasNoCapitals(source: string): boolean {
  return source === source.toLowerCase();
}

const NOT_A_LOW_NAME: ReadonlySet<string> = new Set(
  "unica unico mesma mesmo responsavel favor pessoa looking interested here sure just the not from trying still very also really happy good fine sorry head".split(
    " ",
  ),
);
const ROLE_WORD =
  /^(?:dono|dona|socio|socia|ceo|diretor|diretora|gerente|cliente|fornecedor|representante|vendedor|vendedora|coordenador|the|a|an)\b/;

/** A name ends where the next clause begins, and has at most three words. */
function trimName(name: string): string {
  return name
    .replace(/[\s,]+(?:da|do|de|e|from|and|at|sou|aqui|tudo|do)$/iu, "")
    .split(/\s+/)
    .slice(0, 4)
    .join(" ");
}

function readCompany(source: string): Found[] {
  for (const pattern of COMPANY) {
    const match = pattern.exec(source);
    const company = match?.[1]?.replace(/[.\s]+$/u, "");
    if (!match || company === undefined || isBrandLike(company)) continue;
    return [{ key: "company", value: company, confidence: 0.85, quote: match[0].trim() }];
  }
  const low = hasNoCapitals(source) ? COMPANY_LOW.exec(source) : null;
  const company = low?.[1]?.trim();
  if (!low || company === undefined || !company.includes(" ")) return [];
  return [{ key: "company", value: company, confidence: 0.6, quote: low[0].trim() }];
}

/** What no person and no company is called by: tools, channels, days, pronouns, and the name of a city alone. */
function isBrandLike(name: string): boolean {
  const first = fold(name).split(/[\s-]/)[0] ?? "";
  return NOT_BRANDS.has(first) || PLACE.test(fold(name));
}

function readRole(canon: CanonicalText): Found[] {
  for (const match of canon.text.matchAll(ROLES)) {
    const before = canon.text.slice(Math.max(0, match.index - 40), match.index);
    if (!match[0].startsWith("sou ") && !ROLE_ANNOUNCED.test(before)) continue;
    const quote = canon.quote(match.index, match.index + match[0].length);
    const value = quote.replace(/^sou\s+(?:(?:o|a|um|uma)\s+)?/iu, "");
    const role: Found = { key: "role", value, confidence: 0.8, quote };
    if (!OWNER.test(match[0])) return [role];
    return [role, { key: "decisionMaker", value: true, confidence: 0.75, quote }];
  }
  return [];
}

function readDecision(canon: CanonicalText): Found[] {
  const match = canon.text.matchAll(DECIDES).next().value;
  if (!match || canon.text.slice(0, match.index).endsWith("nao ")) return [];
  const quote = canon.quote(match.index, match.index + match[0].length);
  return [{ key: "decisionMaker", value: true, confidence: 0.9, quote }];
}

function readAddresses(source: string): Found[] {
  const found: Found[] = [];
  const email = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/.exec(source)?.[0];
  if (email !== undefined) found.push({ key: "email", value: email.toLowerCase(), confidence: 0.98, quote: email });
  const phone = /(?<![\d$])(?:\+?\d{1,3}[\s.-]?)?\(?\d{2,3}\)?[\s.-]?\d{3,5}[\s.-]?\d{4}(?!\d)/.exec(source)?.[0];
  if (phone !== undefined)
    found.push({ key: "phone", value: phone.replaceAll(/[^\d+]/g, ""), confidence: 0.9, quote: phone });
  return found;
}
