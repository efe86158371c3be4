// What hurts, what it costs and what the lead wishes for. The fact is the clause in which the lead says so.
import type { Found } from "./facts-people.ts";
import { intentKinds } from "./intents.ts";
import { isPlausible } from "./plausible.ts";
import { statementsOf } from "./statements.ts";
import { type CanonicalText, phrases } from "./text.ts";

const PROBLEM = phrases(
  "(?:o |meu |nosso |maior |grande |principal )*(?:problema|dificuldade|desafio|gargalo|dor de cabeca|pepino|gargalos)",
  "(?:perdemos|perco|perdendo|perde|perdem|esquecemos|esqueco|esquecendo|esquecem|esquece) (?:muitos? |muitas? |os |as |varios |varias |de |alguns |o |a )*(?:leads?|clientes?|contatos?|mensagens|vendas?|pedidos?|prazos?|retorno|responder|retornar|follow ?-? ?up|cotacoes|orcamentos?|tempo|o timing|controle|historico|informacao|informacoes|fio da meada|pacientes?|alunos?|matriculas?|encomendas?|negocios?|oportunidades?|dinheiro|horarios?|consultas?|reservas?|hospedes?|entregas?|contratos?|indicacoes|(?:o )?(?:contato|rastro|bonde))",
  "(?:demoramos?|demora|demorando|demorado|demoro|atrasa|atrasamos|atraso|lentidao|lento) (?:muito |demais |para |de |a |horas |dias )*(?:\\w+)",
  "(?:(?<!(?:a|de|para|com|por) )ninguem(?= [a-z]{3})|nao (?:conseguimos|consigo|da tempo|damos conta|dou conta|temos controle|tenho controle|sei quem|sabemos|temos visao|da conta))(?: de)?",
  "(?:esta |fica |e |uma |virou |vira )+(?:bagunca|zona|caos|desorganizad[oa]|confus[oa]|perdid[oa]|enrolad[oa])",
  "(?:falta|sem) (?:de )?(?:controle|organizacao|tempo|visao|padrao|processo|acompanhamento|follow ?-? ?up|gente|integracao|historico)",
  "(?:retrabalho|trabalho dobrado|reclamam|reclamacao|reclamando|ficam sem resposta|some|somem|sumindo|esfriam?|escapa(?:m|ndo)?|cai(?:ndo|em)? no esquecimento|passa batido|acumula(?:m|ndo)?|duplicad[oa]s?|sobrecarregad[oa]s?)",
  "(?:me|nos) (?:incomoda|atrapalha|trava|irrita)",
  "(?:our |my |the |main |biggest |real )*(?:problem|issue|challenge|pain|struggle|bottleneck|headache)",
  "(?:we|i|reps|they|people|team|leads|messages|customers|things|stuff|nobody|no one)(?: just| always| often| keep| really)* (?:lose|losing|forget|forgetting|miss|missing|take too long|struggle|can't|cannot|don't (?:know|have time|follow|reply|answer|get back)|fall|slip|get lost|gets lost|go cold|going cold|complain|waste|wasting|drop|follows? up|has time|knows)",
  "(?:too slow|takes (?:too long|forever|ages|hours|days)|slow to (?:reply|respond|answer)|falls? through the cracks|slips? through|(?:a |total |complete )?(?:mess|chaos)|no visibility|overwhelmed|disorganized|can't keep up|double work|hard to (?:keep|track|know|follow))",
);

const IMPLICATION = phrases(
  "(?:perdemos|perco|perdendo|deixamos de (?:vender|ganhar|faturar|fechar)|deixo de (?:vender|ganhar|faturar|fechar)|deixando de (?:vender|ganhar|faturar|fechar)|perde|perder) (?:\\S+ ){0,6}(?:reais|mil|por mes|por semana|por ano|vendas?|negocios?|contratos?|dinheiro|faturamento|receita|clientes? para (?:a |o )?concorren\\w+|horas|matriculas?|%|r\\$|k)",
  "(?:prejuizo|custa (?:caro|\\S+ (?:mil|reais)|uns|tempo|dinheiro)|custando|impacta|impacto|afeta|compromete|prejudica|deixa de (?:entrar|vender|fechar))",
  "(?:vai|vao|fecha|fecham|acaba|acabam|compra|compram|foge|fogem|migra|migram|some) (?:\\w+ ){0,4}(?:no |com o |com a |para o |para a |na |com |pro )?(?:concorrente|concorrencia|concorrentes|outro lugar|outra empresa|outro)",
  "(?:nao (?:bate(?:mos|r)?|atingimos|batemos)|longe d[ae]|abaixo da|sem bater) (?:a |as )?metas?",
  "(?:equipe|time|pessoal|gente) (?:\\w+ )?(?:desmotivad[oa]|estressad[oa]|cansad[oa]|esgotad[oa]|pedindo para sair|saindo)",
  "(?:hora(?:s)? extra(?:s)?|horas (?:por dia|por semana|perdidas)|queima (?:a |nossa )?(?:imagem|reputacao|o filme)|nota (?:baixa|cai)|avaliac(?:ao|oes) (?:ruim|ruins|negativas?)|dinheiro (?:na mesa|jogado fora)|joga(?:ndo)? (?:dinheiro|verba) fora)",
  "(?:(?:we|i)(?:'re| are|'m| am)? ?(?:probably |easily |just )?(?:lose|losing|lost|miss out on|leave|leaving|waste|wasting)) (?:\\S+ ){0,5}(?:\\$|k|deals?|sales|revenue|money|a month|per month|a week|hours|customers? to|clients? to|thousand|contracts?|on the table|%)",
  "(?:costs? us|costing us|cost of|revenue|(?:go|goes|going|went|switch|buy) (?:\\w+ ){0,3}(?:to|with|from) (?:a |the |our |another )?compet\\w+|(?:miss|missing|below|hit) (?:our |the )?(?:targets?|quota|numbers)|burn(?:ed|t|ing)? out|bad reviews?|overtime|on the table|down the drain|hurts? (?:our|us))",
);

const DESIRE = phrases(
  "(?:o ideal (?:seria|e)|gostaria(?:mos)? (?:de|que)|queria(?:mos)? (?:que|poder|conseguir|ter|parar|responder|organizar|vender|saber quem|atender|automatizar|um jeito)|quero (?:que|poder|conseguir|ter|parar de|responder|organizar|vender|atender|automatizar|crescer|dobrar|aumentar)|queremos (?:que|poder|conseguir|ter|parar de|responder|organizar|vender|atender|automatizar|crescer|dobrar|aumentar)|preciso (?:que|organizar|automatizar|responder|melhorar|aumentar)|precisamos (?:que|organizar|automatizar|responder|melhorar|aumentar)|meu sonho|nosso objetivo|meu objetivo|a meta e|espero)",
  "(?:daria para|conseguiria(?:mos)?|poderia(?:mos)?|ia(?:mos)?|dobraria(?:mos)?|aumentaria(?:mos)?|venderia(?:mos)?|sobraria(?:m)?|ganharia(?:mos)?|teria(?:mos)?|atenderia(?:mos)?|fecharia(?:mos)?|economizaria(?:mos)?) (?:mais |tempo |muito |para )?\\w+",
  "(?:we(?:'d| would| could| want to| wanna)|i(?:'d| would| could)) (?:love to |like to |be able to |finally |probably |easily )*(?:close|sell|grow|double|respond|reply|have|save|stop|automate|handle|know|get|see|focus|sleep|increase|answer|spend|never|scale|win|hit)",
  "(?:the )?(?:ideal|goal|dream|perfect world) (?:is|would be|situation|scenario)?|i (?:want|need) (?:to (?:be able to|stop|have|grow|double|automate|respond)|every|all|it to|a way to)",
);
/** A wish that is only about this conversation is not the outcome the lead wants. */
const ABOUT_US = phrases(
  "(?:saber|conhecer|entender|ver|falar|conversar|marcar|agendar|receber|informac\\w+|orcamento|preco|valor|reuniao|demo\\w*|proposta|mais detalhes|know|see|talk|speak|book|schedule|learn|information|info|quote|price|pricing|demo|meeting|call)",
);

export function readNeeds(canon: CanonicalText): Found[] {
  return statementsOf(canon).flatMap((statement) => {
    const text = canon.text.slice(statement.start, statement.end);
    const goals = goalsOf(text);
    if (goals.length === 0) return [];
    const intents = intentKinds(text);
    const quote = canon.quote(statement.start, statement.end);
    return goals
      .filter((goal) => isPlausible({ goal, text, intents }))
      .map((key) => ({ key, value: quote, quote, confidence: key === "desiredOutcome" ? 0.7 : 0.75 }));
  });
}

function goalsOf(text: string): string[] {
  if (shows(DESIRE, text) && !shows(ABOUT_US, text)) return ["desiredOutcome"];
  return [...(shows(PROBLEM, text) ? ["problem"] : []), ...(shows(IMPLICATION, text) ? ["implication"] : [])];
}

function shows(pattern: RegExp, text: string): boolean {
  return !text.matchAll(pattern).next().done;
}
