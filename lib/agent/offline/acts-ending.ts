// How people end a talk: for now, for good, or by walking away. Grammars rather than sentences: who comes back, and when.
import type { IntentKind } from "../types.ts";
import { phrases } from "./text.ts";

const MONTH =
  "(?:janeiro|fevereiro|marco|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro|january|february|march|april|may|june|july|august|september|october|november|december)";
const SEASON_PT =
  "(?:colheita|safra|plantio|entressafra|temporada|alta temporada|inventario|balanco|fechamento|mudanca|reforma|obras?|ferias|recesso|provas|matriculas|volta as aulas|natal|pascoa|carnaval|fim de ano|final de ano|virada do ano|dia das maes|black friday|eleic\\w+|festas?|copa|feira|safrinha|correria|sufoco|aperto|pico|movimento|verao|inverno|licenca|cirurgia|viagem|evento)";
const SEASON_EN =
  "(?:spring|summer|autumn|fall|winter|christmas|xmas|easter|thanksgiving|new year|(?:the )?holidays?|harvest|season|peak season|rush|busy period|(?:new )?financial year|fiscal year|year end|tax season|school year|term|exams|budget round|renewal|audit|move|refit|launch|wedding season|half term|dust settles|things (?:calm|quiet|settle))";

const LATER_PT = `(?:depois|mais (?:para )?(?:a |la )?(?:frente|adiante|tarde)|outra (?:hora|vez|ocasiao)|(?:em |n?um )?outro (?:dia|momento)|futuramente|no futuro|em breve|assim que|(?:n[ao] |(?:la )?para [ao] )?(?:semana|mes|ano|semestre|trimestre|safra|temporada) que vem|(?:n[ao] |(?:la )?para [ao] )?proxim[oa] (?:semana|mes|ano|semestre|safra|temporada|trimestre)|(?:em|la para|para|por|so em|a partir de|depois de|ate) ${MONTH}|(?:passad[oa]|passar|passando|passe|depois d[aeo]s?|apos(?: [ao]s?)?|acab\\w+|terminar?|fim d[aeo]) (?:ess[ae] |est[ae] |[ao]s? )?(?:\\w+ )?${SEASON_PT}|quando (?:\\S+ ){0,5}?(?:der|puder|for|passar|acabar|terminar|acalmar|sobrar|melhorar|decidir\\w*|resolver\\w*|tiver\\w*|fechar|voltar|entrar|sair|abrir|chegar|precisar|estiver\\w*|fizer|conseguir|virar|crescer|aliviar|souber)|qualquer coisa|(?:caso|se) (?:eu )?(?:precisar|for o caso|decidir|mudar|quiser|resolver|surgir|fechar|rolar|der certo))`;
const COME_BACK_PT =
  "(?:eu |a gente |nos |ja |mesm[oa] |ai |entao |que )*(?:(?:te|lhe|os|as|vos) )?(?<!nao )(?:(?<=(?:eu|te|lhe|ja|que|ai|e|nos) )(?:aviso|retorno|busco|contato)|chamo|procuro|volto|grito|ligo|escrevo|respondo|retomo|falo com (?:voces|voce|voc)|falo contigo|entro em contato|faco contato|dou (?:um |uma )?(?:retorno|noticias?|alo|toque|sinal|resposta|posicao|ok)|mando (?:um |uma )?(?:alo|oi|sinal|mensagem|zap|whatsapp|toque|retorno|noticias?)|damos (?:um )?(?:retorno|noticia)|avisamos|retornamos|procuramos|chamamos|voltamos|retomamos|(?:vou|vamos|irei|posso) (?:te |lhe |os )?(?:chamar|procurar|avisar|retornar|voltar|gritar|ligar|escrever|retomar|dar (?:um )?(?:retorno|alo|toque|noticias?)|mandar (?:um )?(?:alo|oi|mensagem|sinal)|entrar em contato|falar com voces))";
const WE_MEET_PT =
  "(?:a gente|nos|nois) (?:se |nos )?(?:fala|falamos|conversa|conversamos|ve|vemos|retoma|retomamos|combina|senta)";

/** Nobody who fails to answer anybody is making a promise to us. */
const GAP_PT = "(?:(?!nao |ninguem |clientes? |ele |ela |eles )\\S+ )";

const LATER_EN = `(?:later(?: on)?|another (?:time|day)|some other time|some time|down the (?:line|road|track)|further down|in (?:a |the )?(?:few|couple|\\w+)(?: of)? (?:weeks?|months?|years?)|next (?:week|month|quarter|year|season|term|spring|summer|autumn|winter)|(?:in|after|until|till|til|come|around|before|by|over with|past) (?:the )?(?:${MONTH}|${SEASON_EN}|end of \\w+|start of \\w+|new \\w+)|(?:after|once|when|until|till|til|if|as soon as) (?:\\S+ ){1,5}|then|again|soon|in due course|in (?:${MONTH}|${SEASON_EN}))`;
const COME_BACK_EN =
  "(?:i|we)(?:'ll| will|'m going to| am going to|'re going to| shall| might| may) (?:probably |maybe |just |definitely |then |likely |certainly |gladly |happily |always |def )*(?:get back(?= to (?:you|u)| ?$| [,.]| when| if| once| later| in)|come back|be back|circle back|be in touch|get in touch|reach out|revisit|let (?:you|u) know|give (?:you|u)(?: all| guys)? (?:a )?(?:shout|call|ring|bell|buzz)|drop (?:you|u) (?:a )?(?:line|note|message|text)|ping (?:you|u)|message (?:you|u)|contact (?:you|u)|pick (?:this|it) (?:back )?up|write (?:back|to you)|holler|touch base|take another look|have another look|look (?:at (?:it|this) )?again|return)";

const BUSY =
  "(?:busy|flat out|swamped|snowed under|tied up|rammed|hectic|mental|crazy|manic|slammed|buried|chocka|up to my (?:eyes|neck|ears)|rushed off (?:my|our) feet|run off (?:my|our) feet|drowning in work|bonkers|chaos)";
const BUYS_PT = "(?:comprar|contratar|assinar|adquirir|gastar|investir|fechar|levar|aderir|pagar|colocar dinheiro)";
const BUYS_EN =
  "(?:buy(?:ing)?|purchas(?:e|ing)|sign(?:ing)? up|spend(?:ing)?(?: any(?:thing| money)| a penny| money| a dime| on)|pay(?:ing)? for|subscrib(?:e|ing)|get(?:ting)? (?:one|involved)|hand(?:ing)? over (?:any )?(?:money|cash)|invest(?:ing)?|in the market)";
const START = "(?<=^|[,.!?] |(?:^| )(?:entao|mas|e|please|maybe|just|so|can you|could you|but|better|and) )";
const ENDS = "(?= ?(?:$|[.,!]))";

export const ENDING_ACTS: readonly { kind: IntentKind; pattern: RegExp }[] = [
  {
    kind: "postpones",
    pattern: phrases(
      `${LATER_PT} ${GAP_PT}{0,9}?${COME_BACK_PT}`,
      `${COME_BACK_PT} (?:\\S+ ){0,4}?${LATER_PT}`,
      `${LATER_PT} ${GAP_PT}{0,5}?${WE_MEET_PT}`,
      `${WE_MEET_PT} (?:\\S+ ){0,4}?${LATER_PT}`,
      `(?:vou|preciso|deixa eu|deixe me|quero|tenho que|temos que|vamos) ${GAP_PT}{1,10}?(?:(?:eu|te|lhe|e|a gente) (?:aviso|retorno)|chamo|volto|procuro|dou (?:um )?retorno|falo com voces)(?= ?(?:$|[.,!]| voces| voce| depois))`,
      `(?:so|somente|apenas) (?:(?:la|consigo|conseguir|posso|poder|vou|vamos|da|dar|para|ver|isso|olhar|mexer|mesmo|agora|em|pensar|conseguimos|podemos) ){0,4}?(?:${LATER_PT})(?: (?:\\S+ ){0,4}?(?:consigo|posso|da|vou|penso|vejo|olho|mexo|decido|vamos|conseguimos|podemos|rola))?${ENDS}`,
      `(?:so|somente|apenas) (?:la )?(?:para|em|depois|a partir|no|na) (?:\\S+ ){1,4}?(?:eu |a gente )?(?:consigo|posso|da para|vou|penso|vejo|olho|mexo|decido|vamos|conseguimos|podemos)`,
      "(?:eu|a gente|ja|que|ai|entao) (?:mesm[oa] )?(?:te |os )?(?:chamo|procuro|aviso|retorno|busco|grito|(?:volto a )?falo? com|volto a falar com|dou (?:um )?(?:retorno|noticias?|alo) (?:a|para)) (?:voces|voce)",
      `(?:eu|a gente|ja|que|ai) (?:mesm[oa] )?(?:te |os )(?:chamo|procuro|aviso|retorno|grito|busco)${ENDS}`,
      `me (?:chama|chame|procura|procure|escreve|escreva|lembra|lembre|manda (?:mensagem|um oi)|fala|da um (?:toque|alo)) (?:\\w+ ){0,3}?${LATER_PT}`,
      `(?:${START}(?:deixa|deixe|espera|espere)|vou deixar|vamos deixar|melhor deixar|melhor|prefiro|retomamos|retoma|conversamos|falamos) (?:\\w+ ){0,3}?(?:para )?${LATER_PT}`,
      `${START}(?:deixa|deixe|espera|espere) (?:\\w+ ){0,3}?(?:passar|acabar|terminar|acalmar|baixar|assentar|virar)`,
      `(?:por enquanto|por ora|por agora|agora|no momento) (?:ainda )?nao (?:\\S+ ){0,8}?(?:eu |ja )?(?:te )?(?:aviso|chamo|procuro|retorno|volto|dou (?:um )?(?:retorno|noticia))`,
      `${COME_BACK_EN}(?: (?:\\S+ ){0,6}?${LATER_EN})?`,
      `${START}(?:check|try|ask|contact|message|call|ping|come|touch base|speak|talk|chat|catch|get)(?: (?:back|again|me|us|to me|to us|in touch|in|with me|with us))+ (?:again |back )?(?:${LATER_EN})`,
      `(?:give|leave) (?:it|us|me|this) (?:to |until |till |for )?(?:about )?(?:a |an |another |the )?(?:few|couple|\\w+)(?: of)? (?:weeks?|months?|years?)`,
      `(?:let's |i'll |we'll |i'd rather |rather |going to |best |have to |gonna |let me )(?:leave|park|shelve|table|hold off(?: on)?|put) (?:this|it|that)?(?: ?(?:off|on hold|on ice|to one side|on the (?:back )?(?:burner|shelf)))?(?: for now| until| till|${ENDS})(?: \\S+){0,3}`,
      `${BUSY} (?:\\S+ ){0,4}?(?:until|till|til|for the next|through|right up to)`,
      `(?:${START}|i'm |we're |i am |we are |probably |it'll be |i |we )(?:not|won't|can't|nothing|no decision)(?: \\w+){0,4}? (?:until|till|til|before) (?:the )?(?:${MONTH}|${SEASON_EN}|next (?:week|month|quarter|year|season)|new \\w+|end of|start of)(?: \\w+)?`,
      "(?:not|no) (?:for |just |right )?(?:now|yet|at the moment) ?,? (?:but )?(?:\\S+ ){0,5}?(?:later|touch|know|back|again|future)",
      `${START}(?:depois|mais tarde|outra hora|outro dia) (?:eu )?(?:vejo|olho|penso|resolvo|respondo)(?: (?:isso|nisso|com calma|melhor))*${ENDS}`,
      "maybe (?:in the future|down the line|one day|some day)",
    ),
  },
  {
    kind: "will_not_buy",
    pattern: phrases(
      `(?:nao|nem|nunca|jamais) (?:eu |a gente |nos )?(?:vou|vamos|quero|queremos|pretendo|pretendemos|penso em|pensamos em|tenho (?:intencao|vontade|interesse|intencoes) (?:de|em)|estou (?:querendo|interessad[oa] em|a fim de|para)|to (?:querendo|a fim de)|preciso|posso|irei|estou para) (?:\\w+ ){0,2}?${BUYS_PT}`,
      `a gente (?:nao|nem|nunca) (?:vai|quer|pretende|pensa em|precisa|pode) (?:\\w+ ){0,2}?${BUYS_PT}`,
      `(?:nao|nem) (?:estou|to|estamos) (?:\\w+ )?(?:comprando|contratando|procurando|querendo) (?:nada|nenhum\\w*|isso)`,
      "(?:isso |esse |essa |aqui |o sistema |o produto )?(?:nao|nem) (?:e|serve|seria|combina|encaixa|se aplica|faz (?:sentido|diferenca)|tem a ver|rola|cola|adianta|vale a pena)(?: (?:bem|muito|nada|mesmo|algo|coisa))* (?:para (?:mim|nos|a gente|o meu|meu \\w+|minha \\w+|nosso \\w+|nossa \\w+)|comigo|com (?:o meu|a minha|o nosso))",
      "(?:nao|nem) (?:me|nos) (?:serve|atende|interessa|convence|agrada|adianta|apetece)(?: nada| mesmo)?",
      `nao (?:e|era|seria) (?:o que (?:eu )?(?:procuro|procurava|preciso|quero|queria)|para mim)`,
      "(?:nao quero nada|nao quero saber|quero nada nao|nao preciso de nada|passo,? obrigad[oa])",
      `(?<!(?:customers|clients|people|they|leads|prospects|nobody|buyers|who) (?:do |are |would |will )?)(?:not|never|no intention of|no plans? (?:to|of|on)|won't be|i won't|we won't|wouldn't|i don't (?:want|plan|intend) to|not (?:looking|planning|going|here) to) (?:\\w+ ){0,3}?${BUYS_EN}`,
      "(?:it's |this is |that's )?(?:not|isn't) (?:really |quite |exactly )*(?:for (?:me|us)|my (?:thing|bag|cup of tea)|our (?:thing|cup of tea)|what (?:i|we)(?:'m|'re| am| are)? (?:need|want|after|looking for)|something (?:i|we) (?:need|want)|relevant(?: to (?:me|us))?|a (?:good )?fit)",
      "(?:just|only) (?:being )?(?:nosy|nosey)|(?:no use|of no use|no good) to (?:me|us)|count me out|hard pass|i'll give it a miss|give (?:it|this) a miss|no sale|don't bother selling|no need,? (?:thanks|thank you)",
    ),
  },
  {
    kind: "leaves",
    pattern: new RegExp(
      `(?:^|[,.!] |\\n)(?:entao |ok |okay |bom |esta |aff |ah |e |ja |bem |right |well |so |oh |then |deixa |valeu |obrigad[oa] |thanks |cheers )*(?:tchau(?:zinho)?|xau|fui|falou(?: entao)?|ate (?:mais|logo|breve|a proxima|um dia)|abracos?|passar bem|adeus|deixa (?:para la|quieto|entao)|esquece(?: entao)?|deixe estar|encerro por aqui|vou nessa|bye(?: bye)?|goodbye|see (?:ya|you)|ciao|cya|ta ra|toodle\\w*|forget (?:it|about it)(?: then)?|i'm (?:off|out|done)|never ?mind(?: then)?|i give up|goodnight then)(?: (?:entao|ne|mesmo|e obrigad[oa]|obrigad[oa]|now|then|valeu|tchau|mate|fui|pessoal|gente))*(?= ?(?:$|[.,!]))`,
      "g",
    ),
  },
];
