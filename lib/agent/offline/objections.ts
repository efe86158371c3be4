// Why a lead hesitates, and how the lead sounds.
import type { ObjectionKind } from "../../domain/playbook.ts";
import type { Source, Understanding } from "../types.ts";
import type { CanonicalText } from "./text.ts";
import { phrases } from "./text.ts";

/** In order of weight: a message that shows two objections is read as the first. */
const OBJECTIONS: readonly { kind: ObjectionKind; pattern: RegExp }[] = [
  {
    kind: "too_expensive",
    pattern: phrases(
      "(?:nossa|que|caro|caramba|puxa|eita)[ ,]*(?:que )?(?:caro|salgado|puxado)(?: hein| demais)?",
      "caro (?:hein|ne|assim|demais|para mim|para nos|para a gente)",

      "(?:muito |bem |meio |ta |esta |achei |e |ficou )+(?:caro|cara|salgado|puxado|pesado)",
      "(?:acima|fora) do (?:meu |nosso )?(?:orcamento|que (?:eu )?(?:posso|podemos|esperava))",
      "caro demais",
      "nao cabe no (?:meu |nosso )?(?:bolso|orcamento)",
      "(?:too|quite|very|kind of|pretty|a bit|so) (?:expensive|pricey|steep)",
      "(?:out of|over|above) (?:my|our) (?:budget|price range)",
      "more than (?:i|we) (?:can afford|expected|wanted)",
    ),
  },
  {
    kind: "no_budget",
    pattern: phrases(
      "(?:grana|verba|dinheiro|caixa|orcamento) (?:esta |anda |e )?(?:curt[oa]|apertad[oa]|zerad[oa]|congelad[oa]|limitad[oa]|baix[oa])",
      "nao (?:tenho|temos|ha|tem|vejo) como (?:eu )?(?:pagar|investir|gastar|bancar|contratar)(?: (?:isso|nada|agora))?",
      "(?:estou|estamos|ando|to|ficamos|fiquei) (?:totalmente |completamente )?sem (?:nenhuma )?(?:verba|grana|dinheiro|orcamento|caixa)",
      "(?:there's|there is|we've got|got) no (?:money|budget)(?: \\w+)?",
      "(?:vivemos|vivo|funcionamos|sobrevivemos|mantid[oa]s?|nos mantemos|a gente vive|depende(?:mos)?)(?: \\w+){0,2}? (?:de|por|com) (?:doac\\w+|vaquinha|rifas?|ajuda|bazar|voluntari\\w+|contribuic\\w+|verba publica|edita(?:l|is)|favor)",
      "(?:so|somente|apenas|unicamente) (?:se|quando|caso) (?:\\w+ ){0,2}?(?:de graca|gratis|gratuit[oa]|sem custo|0800|na faixa)|so (?:uso|usamos|quero|aceito|pego) (?:\\w+ )?(?:de graca|gratis|gratuito)|(?:tem que|precisa|teria que|tinha que) ser (?:de graca|gratis|gratuit[oa])",
      "(?:nao|nem) (?:temos|tenho|ha|tem|existe|sobra|resta|entra|vejo|arrumo) (?:\\w+ ){0,3}?(?:de onde tirar|recursos?|como (?:a gente |nos |eu )?(?:pagar|bancar|arcar|custear|investir)|condic\\w+(?: financeiras?| de (?:pagar|bancar|arcar|custear|investir))|dinheiro|um (?:real|centavo|tostao)|mensalidade|caixa para)",
      "(?:nao|nem) (?:sobra|resta) (?:nada|um centavo|um real)|(?:mal|nem) (?:da|dou|consigo|conseguimos|pago|pagamos) (?:\\w+ ){0,3}?(?:contas?|aluguel|luz|salarios?|boletos?)|(?:mensalidade|valor|custo|isso) (?:fixa |fixo )?(?:nao|nem) (?:cabe|entra|rola|existe|da)(?: \\w+){0,4}",
      "(?:sem|zero|nenhum|nenhuma) (?:recursos?|condic\\w+|capital|folego|grana|verba)(?: \\w+){0,4}|fora d[ao] (?:nossa|minha|noss[oa]s?|meu) (?:realidade|alcance|condic\\w+|possibilidades?|orcamento)|no vermelho|sem um (?:real|tostao|puto|centavo)|lis[oa]s?(?= ?(?:$|[.,!]))|duro(?= ?(?:$|[.,!]| aqui| feito))",
      "(?:run|survive|live|rely|operate|depend|funded|get by|kept going)(?: \\w+){0,3}? (?:on|by|through|off) (?:donations?|volunteers?|charity|goodwill|grants?|fundrais\\w+|gifts|handouts|a shoestring)",
      "(?:unless|only if|if) (?:it's|it is|it was|it were|that's|this is|there's)(?: \\w+){0,2}? (?:free|no cost|for nothing|gratis|a free (?:plan|version|tier))|(?:has|needs?|would have|got) to be free|(?:only|just) (?:use|want|after|looking for)(?: \\w+){0,2}? (?:free|for nothing)",
      "(?:out of the question|beyond (?:our|my) means|(?:nothing|not a penny|no cash|no money|little) (?:\\w+ )?(?:in the (?:pot|kitty|bank|coffers)|left(?: over)?|to spare|spare)|skint|broke(?= ?(?:$|[.,!]))|strapped(?: for cash)?|on a shoestring|(?:can't|cannot|couldn't|unable to|no way (?:we|i) (?:can|could)|not able to)(?: \\w+){0,2}? (?:pay|afford|stretch|justify|fund|cover)|(?:no|not|without|zero|any|don't have|haven't got|lack)(?: the| any)? (?:funds|funding|resources|means|spare cash)(?: \\w+){0,3})",

      "(?:nao (?:tenho|temos|tem|ha)|sem) (?:nenhum |nenhuma )?(?:orcamento|verba|dinheiro|grana|budget|caixa|condicoes)(?: (?:para isso|agora|esse ano|no momento))?",
      "(?:estou|estamos|to) (?:sem (?:grana|verba|dinheiro|caixa)|quebrad[oa]s?|apertad[oa]s?|cortando (?:gastos|custos))",
      "nao (?:posso|podemos|da para|consigo|conseguimos) (?:pagar|investir|gastar)(?: nada)?",
      "(?:no|don't have (?:a |any |the )?|do not have (?:a |any |the )?|zero|without a) (?:budget|money|funds)",
      "(?:can't|cannot|can not) afford",
      "budget (?:is )?(?:frozen|zero|cut)",
    ),
  },
  {
    kind: "has_vendor",
    pattern: phrases(
      "ja (?:uso|usamos|trabalho com|trabalhamos com|tenho|temos|contratei|contratamos|assino|assinamos|sou atendid[oa] por) (?:um |uma |o |a |outr[oa]s? |algum |nosso |nossa )?(?:fornecedor(?:a)?|empresa|parceir[oa]|sistema|ferramenta|solucao|agencia|plataforma|crm|software|programa|servico|contrato|outr[oa])",
      "ja tem(?:os)? quem (?:faca|faz|cuida|cuide|atenda)",
      "(?:bem|muito) (?:atendid|servid|satisfeit)[oa]s? com (?:o|a|nosso|nossa)",

      "(?:ja )(?:temos|tenho|contratamos|contratei|fechamos|fechei) (?:com )?(?:um |uma |outr[oa] |algum )?(?:fornecedor|empresa|parceir[oa]|sistema|ferramenta|solucao|agencia|contrato|quem (?:faca|faz|cuida)|alguem)",
      "(?:estou|estamos|to) (?:satisfeit[oa]s?|contentes?|felizes|bem servid[oa]s?|bem atendid[oa]s?) com",
      "(?:temos|tenho) contrato (?:com|ate)",
      "(?:already (?:have|use|work with|using|working with|signed with)|happy with|we have a contract with|locked in(?:to)?(?: a contract)?(?: with)?) (?:a |an |our |the |another )?\\w+",
      "under contract",
    ),
  },
  {
    kind: "not_decision_maker",
    pattern: phrases(
      "(?:isso|essa decisao|essa parte|quem ve isso) (?:e|fica|seria) (?:com|do|da) (?:o |a )?(?:meu |minha )?(?:chefe|chefia|diretor|diretora|diretoria|socio|socia|dono|dona|patrao|patroa|gestor|gestora|gerente|marido|esposa|financeiro|ti|matriz)",
      "(?:my|our|the) (?:\\w+ )?(?:boss|manager|director|ceo|owner|partner|board|husband|wife|cfo|vp) (?:decides|handles|approves|makes|has|signs)",

      "(?:nao|nem) sou eu (?:que|quem) (?:decido|decide|resolvo|resolve|compra|contrata|aprova|define)",
      "(?:preciso|tenho que|tenho de|vou|teria que) (?:falar|ver|alinhar|consultar|conversar|levar|passar|checar|aprovar) (?:isso )?(?:antes )?(?:com |para |a )(?:o |a |ao |meu |minha |os |as )*(?:chefe|chefia|diretor|diretora|diretoria|socios?|socias?|dono|dona|patrao|patroa|gestor|gestora|gerente|marido|esposa|superior|matriz)",
      "(?:quem|isso quem) (?:decide|resolve|aprova|define|bate o martelo|contrata)(?: (?:isso|aqui|essas coisas|e|ai))* (?:e )?(?:o |a |meu |minha |os |as |e )+(?:chefe|chefia|diretor|diretora|diretoria|socios?|socias?|dono|dona|patrao|patroa|gestor|gestora|gerente|marido|esposa|matriz|ti|financeiro)",
      "nao (?:tenho|e) (?:minha )?(?:autonomia|alcada|decisao)(?: minha)?",
      "(?:so|apenas) estou (?:pesquisando|cotando|levantando) para (?:o |a |meu |minha )+(?:chefe|diretor|diretora|dono|dona|gestor|gestora)",
      "(?:not|isn't|ain't) (?:my|the) (?:call|decision|decision maker)",
      "(?:i'm|i am) not the (?:one who decides|decision maker|person who decides)",
      "(?:my|the|our) (?:boss|manager|director|ceo|owner|partner|board|husband|wife) (?:decides|makes (?:the|that|those) (?:decision|decisions|call|calls)|has (?:the final say|to approve|final say))",
      "(?:have to|need to|must|should) (?:ask|check with|run (?:it|this) by|talk to|speak with|consult) (?:with )?(?:my|the|our) (?:boss|manager|director|ceo|owner|partner|board|husband|wife|team)",
    ),
  },
  {
    kind: "must_think",
    pattern: phrases(
      "(?:deixa|deixe|vou|preciso|quero) (?:eu )?(?:ver|olhar|pensar|analisar|avaliar|estudar|conversar) (?:aqui |isso |tudo |melhor )?(?:com (?:calma|carinho|o pessoal)|melhor|direitinho|aqui|primeiro|antes)",
      "(?:need|want|have|like|take) (?:some |a little |a bit of |more )?time to (?:think|decide|consider)",
      "(?:vou|to|estou|e) (?:so )?(?:pesquisa|pesquisando|cotando|comparando|sondando|avaliando)(?: (?:mesmo|ainda|opcoes|precos))?",
      "(?:just|only|still) (?:comparing|shopping|looking|exploring|evaluating|checking)(?: \\w+)?",
      "(?:i|we)(?:'ll| will) (?:get back|let you know|be in touch|reach out|circle back|come back)(?: to you)?(?: if| when| later)?",

      "(?:preciso|vou|deixa eu|tenho que|quero|prefiro) (?:de um tempo para )?(?:pensar|avaliar|analisar|amadurecer|refletir)(?: (?:melhor|com calma|um pouco|aqui))?",
      "(?:qualquer coisa|depois) (?:eu )?(?:te )?(?:chamo|aviso|retorno|falo|volto)",
      "(?:eu )?(?:te )?(?:chamo|aviso|retorno) (?:depois|mais para frente|se precisar)",
      "(?:so|apenas) (?:estou )?(?:dando uma olhada|olhando|pesquisando|curiosidade|curioso|sondando)",
      "(?:vou|preciso|precisamos|deixa eu|tenho que|temos que|quero|estou|estamos|to|antes)(?: \\w+){0,2}? (?:fazer|fazendo|botar|colocar|por|rever|refazer|fechar|ver|olhar)(?: \\w+){0,3}? (?:as contas?|umas contas|contas|ponta do lapis|calculos?|os numeros|o caixa|o planejamento|fluxo de caixa|o orcamento|a planilha)",
      "(?:need to|have to|want to|going to|gonna|let me|got to|must|i'll|we'll|should)(?: \\w+){0,2}? (?:do|run|crunch|look at|check|go over|work out|see|go through)(?: \\w+){0,2}? (?:the |my |our |some )?(?:sums|numbers|figures|maths?|finances|accounts|books|budget|calculations?)",
      "(?:need to|have to|let me|want to|i'll|gotta) think(?: (?:about it|it over|on it))?",
      "(?:just|only) (?:looking|browsing|curious|researching)(?: around)?",
      "(?:i'll|we'll|will) get back to you",
    ),
  },
  {
    kind: "no_time",
    pattern: phrases(
      "(?:me )?(?:chama|chame|procura|procure|liga|fala comigo|retorna|escreve|escreva|manda mensagem) (?:de novo |so )?(?:depois|mais tarde|amanha|outr[oa] (?:hora|dia|momento)|semana que vem|mes que vem|ano que vem|mais para (?:a )?frente|no (?:mes|ano) que vem|em \\w+|daqui a)",
      "(?:estou|ando|to|estamos|dia|semana|mes) (?:bem |muito |super |numa |na |meio |uma )*(?:correria|corrid[oa]|ocupad[oa]|enrolad[oa]|atolad[oa]|loucura|apertad[oa])",
      "(?:call|text|message|contact|try|ping|reach) me (?:again |back )?(?:later|next \\w+|another (?:time|day)|in a (?:few|couple)|tomorrow|in \\w+)",
      "(?:maybe|try|perhaps) (?:again )?(?:later|next (?:week|month|quarter|year)|another time)",

      "(?:estou|to|estamos) (?:sem tempo|(?:muito |meio |super |bem )?(?:ocupad[oa]|corrid[oa]|enrolad[oa])|na correria|em reuniao|dirigindo)",
      "(?:nao (?:tenho|estou com)|sem) tempo(?: (?:agora|hoje|para isso))?",
      "(?:agora|hoje|esse mes|neste momento) nao (?:da|posso|consigo|rola|e um bom momento)",
      "nao e (?:um |o )?(?:bom )?momento",
      "(?:mais para frente|ano que vem|semestre que vem|so no (?:ano|semestre|trimestre) que vem|outra hora|outro momento)",
      "(?:me chama|fala comigo|me procura|falamos|conversamos) (?:de novo )?(?:depois|mais tarde|mais para frente|ano que vem|mes que vem|outra hora|em \\w+)",
      "(?:too |very |super |really |pretty )?(?:busy|swamped)(?: (?:right now|at the moment|this \\w+))?",
      "(?:don't have|do not have|have|got|there's|(?<=^|[,.!] )no|(?<=^|[,.!] )sorry ,? no) (?:no )?time(?<!(?:have|got|there's) time)",
      "(?:not (?:a|the) (?:good|right) (?:time|moment)|bad time|maybe (?:later|next year|next quarter)|not (?:right )?now)",
    ),
  },
  {
    kind: "no_need",
    pattern: phrases(
      "(?:esta|anda|vai|ta) tudo (?:funcionando|andando|indo|rodando) (?:bem|certo|normal|perfeitamente|direitinho)",

      "nao (?:preciso|precisamos|precisa|vejo (?:necessidade|utilidade|sentido)|faz sentido)(?: (?:disso|de nada|para (?:mim|nos|a gente)))?",
      "(?:nao (?:temos|tenho)|sem) (?:esse |nenhum )?problema(?:s)?(?: nenhum| com isso)?",
      "(?:esta|ta|vai|anda) tudo (?:certo|bem|otimo|funcionando|em ordem)(?: (?:aqui|por aqui|do jeito que esta))?(?= ?(?:$|[.!,]))",
      "(?:do jeito que esta )?(?:esta|ta) (?:bom|otimo|bem) (?:assim|do jeito que esta)",
      "(?:don't|do not) (?:really )?need (?:it|this|that|anything)",
      "(?:everything|it all|it) (?:works|is working|is) (?:just )?(?:fine|great|ok|well)",
      "(?:no|don't have any|do not have any) (?:problems?|issues?|need)(?: (?:with (?:it|that)|at all|here))?",
    ),
  },
];

/** What the lead's customers cannot pay or do not need is the lead's problem, and no objection. */
const OF_OTHERS =
  /(?:clientes?|pacientes?|alunos?|leads?|consumidor(?:es)?|compradores?|pessoal|eles|elas|customers?|clients?|people|they|prospects?|patients?|students?|buyers?)(?: (?:que|who|\w+))? ?(?:e |is |are |just |simply |)$/;

const NEGATIVE = phrases(
  "absurdo",
  "ridiculo",
  "pessimo",
  "horrivel",
  "decepcionad[oa]",
  "que saco",
  "irritad[oa]",
  "palhacada",
  "vergonha",
  "lixo",
  "golpe",
  "reclamar",
  "ridiculous",
  "terrible",
  "awful",
  "annoying",
  "annoyed",
  "frustrated",
  "disappointed",
  "scam",
  "waste of time",
);
const POSITIVE = phrases(
  "otimo",
  "legal",
  "perfeito",
  "show",
  "massa",
  "maravilha",
  "gostei",
  "adorei",
  "bacana",
  "top",
  "excelente",
  "interessante",
  "great",
  "awesome",
  "perfect",
  "love",
  "nice",
  "excellent",
  "interesting",
);

/** Words that rule out paying, wherever they stand. */
export function saysNoBudget(text: string): boolean {
  const { pattern } = OBJECTIONS.find(({ kind }) => kind === "no_budget") ?? {};
  if (!pattern) return false;
  return [...text.matchAll(pattern)].some(({ index }) => !OF_OTHERS.test(text.slice(0, index)));
}

export function readObjection(canon: CanonicalText, messageId: string): ({ kind: ObjectionKind } & Source) | null {
  for (const { kind, pattern } of OBJECTIONS) {
    const match = [...canon.text.matchAll(pattern)].find(({ index }) => !OF_OTHERS.test(canon.text.slice(0, index)));
    if (match) return { kind, messageId, quote: canon.quote(match.index, match.index + match[0].length) };
  }
  return null;
}

export function readSentiment(canon: CanonicalText): Understanding["sentiment"] {
  const negative = [...canon.text.matchAll(NEGATIVE)].length;
  const positive = [...canon.text.matchAll(POSITIVE)].length;
  if (negative === positive) return "neutral";
  return negative > positive ? "negative" : "positive";
}
