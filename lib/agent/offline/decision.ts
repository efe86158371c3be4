// Who decides. A reply is taken clause by clause: opinions of others do not count, and the last clause that says who decides
// has the word ("others chip in, but I choose").
import type { Found } from "./facts-people.ts";
import { type CanonicalText, phrases } from "./text.ts";

const ACT =
  "(?:decid\\w+|resolv\\w+|aprov\\w+|assin\\w+|defin\\w+|autoriz\\w+|contrat\\w+|escolh\\w+|compr\\w+|bat(?:o|e|em|er) o martelo|manda|mandam|paga|libera)";
const I_ACT =
  "(?:decido|resolvo|aprovo|assino|defino|autorizo|contrato|escolho|compro|bato o martelo|mando|pago|libero|fecho|toco)";
const EN_ACT =
  "(?:decides?|signs?(?: (?:it|things|everything|them))?(?: off)?|approves?|chooses?|call the shots|calls the shots|authori[sz]es?|buys?|makes? (?:the|that|those|all|these) (?:final )?(?:calls?|decisions?)|has (?:the )?(?:final|last) (?:say|word)|hold(?:s)? the purse)";
const BOSS =
  "(?:chefes?|chefia|chefa|diretor(?:a|es|ia)?|soci[oa]s?|don[oa]s?|patr(?:ao|oa|oes)|gestor(?:a|es)?|gerentes?|marido|esposa|mulher|pai|mae|irmao|irma|filh[oa]|conselho|financeiro|compras|ti|matriz|sindico|presidente|superior|ceo|cfo|boss|manager|director|owner|partners?|board|husband|wife|father|dad|mother|mum|mom|brother|sister|head office|finance|procurement|committee|investors?)";
/** Others who have a say and no vote. */
const OPINION = phrases(
  "(?:opina|opinam|palpita|palpitam|palpites?|sugere|sugerem|ajuda a escolher|da(?:o)? (?:um )?pitaco|pitacos?|ouco|escuto|consulto|converso|troco (?:uma )?ideia)",
  "(?:chips? in|weighs? in|has? opinions?|have opinions?|has? an opinion|have an opinion|give(?:s)? (?:input|advice|feedback)|advise(?:s)?|suggests?|has? a say|have a say|i (?:ask|consult|listen to))",
);
const JOINT = phrases(
  "eu e (?:o |a |meu |minha |mais )\\w+",
  "(?:meu|minha) \\w+ e eu",
  "comigo e (?:com )?",
  "nos dois|nos duas|juntos|juntas|em conjunto|junto com|em consenso|decidimos|resolvemos|definimos",
  "(?:me|myself) and (?:my|the)|(?:my|the) \\w+ and (?:i|me|myself)|both of us|we (?:both |all )?decide|jointly|together with|one of the (?:partners|owners|directors|founders)|one of two",
);
const ME = phrases(
  `(?:sou )?eu (?:mesm[oa] |que |quem |sozinh[oa] |so |aqui |e que )*${I_ACT}`,
  `(?:sou )?eu (?:mesm[oa] )?(?:que|quem) ${ACT}`,
  `(?:decido|aprovo|assino|escolho|bato o martelo|resolvo)(?: tudo| eu| isso| sozinh[oa])*`,
  "sou eu|so eu|eu mesm[oa]|apenas eu|somente eu|eu sozinh[oa]|(?:e|fica|tudo|so|direto) comigo|comigo (?:mesm[oa])?",
  "(?:e|fica|toda|so|decisao|caneta|palavra|chave|assinatura)(?: \\w+){0,2} (?:minha|meu)(?= ?$| mesm[oa]| e | so | tambem)|por minha conta|passa (?:tudo )?por mim|depende (?:so )?de mim|de minha parte|da minha parte|quem manda sou eu",
  "(?:e|sou) (?:o |a )?(?:don[oa]|proprietari[oa]|soci[oa]|fundador[a]?|titular|responsavel)(?: \\w+){0,2}",
  "(?:empresa|loja|clinica|escola|negocio|firma|casa|oficina|salao|consultorio|fazenda|padaria|restaurante) e (?:so )?(?:minha|meu)",
  `(?:i (?:\\w+ ){0,2}(?:decide|choose|sign|approve|own|run|buy|call the shots|make (?:the|that|those|all|these)|have (?:the )?(?:final|last) (?:say|word)|hold|get to))`,
  "(?:it's|that's|its|all|decision is|decision's|is|entirely|solely|totally|falls|comes) (?:all |just |only |entirely |purely |totally |down )?(?:mine|me|to me|on me|up to me|my (?:call|decision|say|choice|shout))|down to me|up to me|my (?:call|decision|say so|shout)|just me|only me|i'm the (?:owner|founder|decision maker|boss|one|director)|the buck stops with me|from my side(?: only)?|i do|i am|me alone|yours truly|nobody else|no one else|mais ninguem|ninguem mais",
);
const OTHER = phrases(
  `(?:nao|nem) (?:sou eu|e (?:comigo|minha|meu)|decido|tenho (?:autonomia|alcada|esse poder)|depende (?:so )?de mim|passa por mim)`,
  `(?:quem|que) (?:\\w+ ){0,2}${ACT}(?: (?:isso|aqui|tudo|essas coisas|mesmo|ai|o cheque|o contrato))* (?:e|sao|seria|fica com)(?= (?!eu(?![a-z]))\\w)`,
  `(?:o |a |os |as |meu |minha |com o |com a |com meu |com minha |do |da |pel[oa] |ao )${BOSS}(?: \\w+){0,3}`,
  `(?:seu|dona|dr|dra|senhor|senhora) \\w+ (?:que |quem )?${ACT}`,
  "(?:isn't|not|it's not|that's not|ain't) (?:really |just |only |my |me|mine|up to me|down to me)+(?:call|decision)?",
  `(?:my|our|the|his|her) (?:\\w+ )?${BOSS}(?: \\w+){0,2}`,
  `(?:he|she|they|someone else|somebody else) ${EN_ACT}`,
  "someone else|somebody else|above (?:me|my)|higher up|(?:need|have|has) to (?:ask|check|run|get|clear)|not (?:me|mine|really)",
);
const YES =
  /^(?:sim+|claro|isso|exato|exatamente|com certeza|positivo|minha|meu|eu|comigo|e|yes|yep|sure|correct|me|mine|absolutely|of course|definitely|right|it is|ss)(?: (?:sim|sou|mesm[oa]|e|eu|claro|com certeza|it is|minha|que sim))*$/;
const NO = /^(?:nao|no|nem|negativo|not really|nao nao|nao e nao|not exactly|not me)(?: (?:sou|e|nao))*$/;

/** What a reply to "who decides" says; nothing when no clause of it tells. */
export function readDecider(canon: CanonicalText): Found[] {
  const verdicts = clausesOf(canon).flatMap((clause) => {
    const isMine = verdictOf(clause.text);
    return isMine === null ? [] : [{ isMine, isBare: YES.test(clause.text) || NO.test(clause.text), ...clause }];
  });
  const telling = verdicts.filter(({ isBare }) => !isBare);
  const verdict = telling.findLast(({ text }, at) => at === 0 || !TITLE.test(text)) ?? verdicts[0];
  if (!verdict) return [];
  const quote = canon.quote(verdict.start, verdict.end);
  return [{ key: "decisionMaker", value: verdict.isMine, confidence: 0.8, quote }];
}

/** "It is me, the owner": a title behind a clause that tells is about the same person. */
const TITLE = new RegExp(`^(?:o |a |the )?${BOSS}(?: d[aeo] \\w+)?$`);

function verdictOf(clause: string): boolean | null {
  if (YES.test(clause)) return true;
  if (NO.test(clause)) return false;
  const isOther = shows(OTHER, clause);
  if (shows(JOINT, clause) && !/^(?:nao|no|not)(?![a-z])/.test(clause)) return true;
  if (
    shows(ME, clause) &&
    !(
      isOther &&
      /(?:^| )(?:nao|not|nem|isn't|ain't|precis\w+|need|have to|quem) /.test(clause) &&
      !/quem (?:\w+ ){1,4}(?:sou eu|e comigo)/.test(clause)
    )
  )
    return true;
  if (isOther && !shows(OPINION, clause)) return false;
  return null;
}

/** Parts between commas, full stops and contrasts. */
function clausesOf(canon: CanonicalText): { text: string; start: number; end: number }[] {
  const clauses: { text: string; start: number; end: number }[] = [];
  let from = 0;
  for (const cut of [...canon.text.matchAll(CUT), null]) {
    const end = cut?.index ?? canon.text.length;
    const part = canon.text.slice(from, end);
    const start = from + part.length - part.trimStart().length;
    const text = part.trim();
    if (text !== "") clauses.push({ text, start, end: start + text.length });
    if (cut) from = cut.index + cut[0].length;
  }
  return clauses;
}

const CUT =
  /(?<![a-z])(?:,|\.|;|!|\?|:|-|mas|porem|so que|contudo|entretanto|but|though|although|however|yet|e no fim|no fim|no final|in the end|at the end of the day|ultimately)(?![a-z])/g;

function shows(pattern: RegExp, text: string): boolean {
  return !text.matchAll(pattern).next().done;
}
