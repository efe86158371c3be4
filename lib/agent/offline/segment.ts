// What trade the lead is in, when the lead says so of his own: "we are a wholesaler of drinks", "I buy for a chain of pharmacies".
import type { Found } from "./facts-people.ts";
import { CITIES } from "./places.ts";
import { statementsOf } from "./statements.ts";
import { type CanonicalText, phrases } from "./text.ts";

/** What goods can be called: any word but places, people and words that only hold a sentence together. */
const GOODS_PT = `(?!(?:${CITIES}|voces?|gente|casa|familia|porte|medio|grande|pequeno|um|uma|la|ca|mim|sp|rj|mg|pr|sc|rs|ba|go|df)(?![a-z]))[a-z]+`;
const OF_GOODS_PT = `(?: de (?:(?:materia(?:l|is)|produtos?|artigos|pecas) (?:de |para )?)?${GOODS_PT})`;
const SIZE_EN =
  "(?:a|an|the|our|are|is|we're|i'm|it's|small|local|big|large|family|little|for|of|at|run|own|regional|national)";

const SEGMENTS = phrases(
  `(?:distribuidor(?:a|es|as)?|atacad(?:o|ista|istas)|atacarejo|varej(?:o|ista|istas)|fabricantes?|industria|fabrica|importador(?:a|es)|exportador(?:a|es)|cooperativa|comercio|revend(?:a|edora)|fornecedor(?:a|es)|franquia|confeccao|representacao)${OF_GOODS_PT}?`,
  `(?:rede|empresa|prestadora)${OF_GOODS_PT}`,
  `(?:(?!${SIZE_EN} )[a-z]+ )?(?:distributors?|wholesalers?|manufacturers?|suppliers?|retailers?|importers?)(?: of (?:auto |building |office )?[a-z]+)?|chain of [a-z]+`,
  "(?:clinica|consultorio)(?: (?:odontologic[oa]|estetica|medic[oa]|veterinari[oa]|de (?:estetica|fisioterapia|psicologia|odontologia|olhos)))?",
  "imobiliarias?|construtoras?|incorporadora|loteadora|administradora de condominios",
  "(?:escritorio de )?(?:advocacia|contabilidade|arquitetura|engenharia)",
  "(?:escola|curso|cursinho|faculdade|colegio|creche)(?: (?:de (?:idiomas|ingles|musica|danca|futebol)|tecnic[oa]|particular|infantil))?",
  "academia|studio de pilates|box de crossfit|restaurante|pizzaria|lanchonete|hamburgueria|cafeteria|padaria|buffet",
  "(?:loja|lojas)(?: (?:virtual|online|de (?:roupas?|moveis|calcados|moda|autopecas|pecas|eletronicos|materiais de construcao|celulares?|cosmeticos|colchoes|moda feminina|bijuterias)))?",
  "e ?-? ?commerce|industria (?:textil|alimenticia|metalurgica|quimica)|metalurgica|grafica",
  "transportadora|logistica|energia solar|corretora(?: de seguros?)?|seguros|seguradora|agencia(?: de (?:marketing|viagens|turismo|publicidade|eventos))?|turismo|pousada|hotel",
  "software(?: house)?|saas|startup|consultoria(?: (?:de|em) \\w+)?|concessionaria|autopecas|oficina(?: mecanica)?|salao(?: de beleza)?|barbearia|pet ?shop|farmacia|supermercado|otica|laboratorio|marcenaria|dedetizadora|assistencia tecnica|floricultura|papelaria|provedor(?: de internet)?|telecom|agronegocio|fazenda|coworking|hospital",
  "(?:dental|medical|vet|veterinary|law|accounting|physio(?:therapy)?) (?:clinic|practice|firm|office)|dentist|law firm|accounting firm|real estate(?: agency| brokerage)?|estate agency",
  "(?:marketing|travel|digital|recruiting|recruitment|insurance|staffing|creative) agency|online (?:store|shop)|clothing (?:store|brand)|furniture store|retail|restaurants?|gym|hotel|bakery|construction(?: company)?|logistics(?: company)?|manufacturing|consulting(?: firm)?|consultancy|car dealership|language school|school|solar(?: company| installer)?|cleaning (?:company|business)|landscaping(?: company)?|plumbing(?: company)?|roofing(?: company)?|fintech|nonprofit|coffee (?:shop|roaster)",
);
/** Says whose business it is, right before it. */
const SEGMENT_OWN =
  /(?:somos|temos|tenho|sou|represento|gestao|trabalho|trabalhamos|atuo|atuamos|empresa|minha|nossa|nosso|meu|dono|dona|ramo|segmento|area|setor|negocio|mexo|mexemos|e|la|aqui|vendemos|we're|we|run|own|have|work|i'm|our|my|business|industry|company|it's|in|owner|founder|manage)(?: (?:at|de|do|da|num|numa|em|com|no|na|um|uma|o|a|os|as|e|are|is|is a|the|an|small|pequena|pequeno|rede|grupo|duas|dois|tres|of|for|own|run|have|online|family|local)){0,5} (?:\S+ )?$/;
/** A job at "a" company of some trade; at "the" one it is a name. */
const WORKS_FOR =
  /(?:comprador[a]?|gerente|diretor[a]?|vendedor[a]?|soci[oa]|manager|buyer|director|partner) (?:comercial |de vendas )?(?:de|em|at|of|in|for) (?:um|uma|a|an) (?:\S+ )?$/;
/** A department as well as a trade: "I manage logistics" tells the job, not the business. */
const DEPARTMENT = /^(?:logistica|engenharia|contabilidade|seguros|logistics|manufacturing|construction|retail)/;
const HEADS =
  /(?:gerente|gestor[a]?|diretor[a]?|coordenador[a]?|supervisor[a]?|analista|assistente|auxiliar|lider|responsavel|head|manager|director) (?:de|da|do|pela|pelo|of) $/;
/** Those whom the lead sells to are not what the lead is. */
const SERVED = /(?:suppl\w+|serv\w+|to|for|para|atend\w+|fornec\w+|help\w*) $/;

/** The first trade the lead names as his own, in his words and in lower case. */
export function readSegment(canon: CanonicalText): Found[] {
  const statements = statementsOf(canon);
  for (const match of canon.text.matchAll(SEGMENTS)) {
    if (!statements.some(({ start, end }) => start <= match.index && match.index < end)) continue;
    const before = canon.text.slice(Math.max(0, match.index - 60), match.index);
    if (!isOwn(before) || (HEADS.test(before) && DEPARTMENT.test(match[0]))) continue;
    const quote = canon.quote(match.index, match.index + match[0].length);
    return [{ key: "segment", value: quote.toLowerCase(), confidence: 0.8, quote }];
  }
  return [];
}

function isOwn(before: string): boolean {
  return (SEGMENT_OWN.test(before) || WORKS_FOR.test(before)) && !SERVED.test(before);
}
