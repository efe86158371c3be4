// What a message is for, by phrases of Brazilian Portuguese and English (and the few of Spanish that must be understood).
import type { IntentKind, Source } from "../types.ts";
import { ENDING_ACTS } from "./acts-ending.ts";
import { FRICTION_ACTS } from "./acts-friction.ts";
import { STRANGER_ACTS } from "./acts-strangers.ts";
import type { CanonicalText } from "./text.ts";
import { phrases } from "./text.ts";

const PERSON =
  "(?:humano|humana|pessoa(?: de verdade| real)?|atendente|vendedora?|consultora?|especialista|alguem|gerente|responsavel|voces|comercial|gente de verdade)";
/** Who counts his people is telling what his company is like; a supplier who writes to sell does not. */
const NO_TEAM = "(?![^?]{0,120}(?:funcionari|colaborador|vendedor|pessoas|equipe))";

const INTENTS: readonly { kind: IntentKind; pattern: RegExp }[] = [
  {
    kind: "greets",
    pattern: phrases(
      "oi+e?",
      "ola",
      "opa",
      "e ai",
      "bom dia",
      "boa tarde",
      "boa noite",
      "hi",
      "hello",
      "hey",
      "good (?:morning|afternoon|evening)",
      "hola",
      "buen[oa]s (?:dias|tardes|noches)",
    ),
  },
  {
    kind: "asks_price",
    pattern: phrases(
      "(?:voces )?cobram? quanto",
      "quanto (?:voces |que voces |se )?(?:cobram?|paga|pago|investe|invisto|teria que pagar)",
      "(?:e )?(?:muito )?caro(?= ?\\?)",
      "(?:what|how much) do you charge",
      "(?:plans|packages) (?:and|&) (?:prices|pricing)",
      "(?:what|which) (?:are |is )?(?:your |the )?(?:plans|packages)",
      "(?:what|how much) (?:does|would|do|will) (?:\\w+ ){1,5}(?:cost|charge)",
      "(?:sai|fica|custa) (?:por |em )?quanto",

      "quanto (?:que )?(?:e|custa|custam|sai|fica|cobra|cobram|voces cobram|esta|seria|vou pagar|e a mensalidade|to pagaria)",
      "(?:qual|quais|saber|sobre|passa|passar|manda|mandar|ver|informar?|diz|diga|fala|me de) (?:e |sao |seria |por favor )?(?:[oa]s? |uma? )?(?:precos?|valore?s?|custos?|mensalidade|tabela|investimento|orcamento)",
      "(?:os? )?(?:preco|precos|valor|valores)(?= ?(?:\\?|$|por favor|de voces|dos planos|do plano|ai))",
      "tabela de precos?",
      "quanto (?:seria|ficaria|sairia|e que)",
      "how much",
      "(?:what|what's|whats) (?:is |are |about )?(?:the |your )?(?:price|prices|pricing|cost|costs|rates?|fees?)",
      "(?:price|pricing|cost|rates?)(?= ?(?:\\?|$|list|please|range))",
      "(?:send|give|tell) me (?:the |your |a )?(?:price|prices|pricing|quote)",
      "cuanto (?:cuesta|sale|vale)",
    ),
  },
  {
    kind: "asks_demo",
    pattern: phrases(
      "(?:quero|queria|gostaria de|podemos|vamos|bora|posso|da para|tem como) (?:\\w+ ){0,2}(?:contratar|assinar|testar|experimentar|agendar|marcar|fechar|ver (?:isso |ele |ela )?(?:funcionando|na pratica|ao vivo))",
      "como (?:que )?(?:eu )?(?:faco|faz|fazemos|posso) (?:para |pra )?(?:contratar|assinar|comecar|fechar|testar)",
      "posso (?:testar|experimentar)",
      "(?:show|walk) (?:me|us) (?:how it works|through)(?: \\w+)?",
      "(?:see|get|want|have|love to see|book|like) (?:a |an |to see a )?(?:live |quick |short )?(?:demo|trial|walkthrough)",

      "(?:quero|queria|gostaria de|podemos|vamos|bora|da para|posso|como faco para|pode|dava para|topo|aceito|preciso) (?:ja |entao |de |me )?(?:marcar|agendar|ver|fazer|ter|assistir|uma|um) ?(?:uma? |o |a |esse |essa )?(?:reuniao|demo|demonstracao|conversa|call|apresentacao|teste|papo|horario|video ?chamada|ligacao)",
      "(?:marcar|agendar|fazer) (?:uma? |o )?(?:reuniao|demo|demonstracao|conversa|call|apresentacao|horario|visita)",
      "(?:quero|queria|gostaria de) (?:ver|conhecer) (?:funcionando|na pratica|ao vivo|o sistema|a ferramenta|a plataforma)",
      "quero (?:contratar|fechar|assinar|comecar ja)",
      "(?:book|schedule|set up|arrange|have|get|see|want|like|jump on) (?:a |an |in a |to see a |to book a |the )?(?:demo|meeting|call|walkthrough|trial)",
      "(?:can i|could i|can we|i'd like to|i want to|we want to) (?:see|book|schedule|try) (?:a demo|it|the product|a call|it working|it in action)",
      "ready to (?:buy|sign|start)",
    ),
  },
  {
    kind: "asks_human",
    pattern: phrases(
      "(?:chama|chame|chamar|passa|passe|passar|transfere|transferir|transfira|conecta|coloca|manda) (?:logo |ai |me |a ligacao )?(?:para |pro |com )?(?:um |uma |o |a |algum |alguma )(?:atendente|consultora?|vendedora?|humano|humana|pessoa|gerente|alguem|responsavel|especialista)",
      "(?:falar|conversar|tratar|resolver|atendimento|negociar) (?:so |direto |mesmo )?com (?:gente|pessoas?|humanos?|alguem)(?: de (?:verdade|carne e osso))?",
      "(?:tem|ha|existe) (?:algum|alguma|um|uma) (?:atendente|consultora?|vendedora?|humano|humana|pessoa)(?: (?:disponivel|online|ai|livre|de verdade|para \\w+))?",
      "alguem (?:de verdade|real|humano|do (?:time|comercial|atendimento))",
      "(?:get|give|send|find|connect|transfer|pass|put) me (?:to |through to |with |on with )?(?:a |an |some |the |your )?(?:real |actual |live )?(?:human|person|agent|rep|representative|manager|someone|somebody|sales ?person)",
      "(?:could|can|would|will) (?:someone|somebody|you|anyone) (?:please )?(?:call|phone|ring) me",
      "(?:talk|speak|chat) (?:to|with) (?:a |an |one of )?(?:\\w+ )?(?:human|person|people|rep|agent)",

      `(?:falar|conversar|tratar|atendido|atendida|falo|converso) (?:com|por) (?:um |uma |o |a |algum |alguma |algum[a]? )?${PERSON}`,
      `(?:quero|preciso|chama|chame|me passa|passa|transfere|me transfere|tem|cade|coloca) (?:de |para |logo |ai |com )?(?:um |uma |algum |alguma |o |a )?(?:humano|humana|pessoa|atendente|alguem)(?: (?:de verdade|real|ai|para falar))?`,
      "atendimento humano|me (?:transfere|transfira|encaminha|passa)(?= ?(?:$|[.,!]| por favor| ai| logo| para \\w+))|(?:chama|chame|cade|quero) (?:o |a |seu |sua |teu )?(?:supervisor[a]?|gerente|responsavel|chefe)",
      "nao quero (?:falar com )?(?:um )?(?:robo|bot|maquina|ia)|^(?:um |uma )?(?:atendente|humano|pessoa)(?: por favor)?$",
      "put me through(?: to \\w+)?|is (?:anyone|anybody|somebody|someone) (?:actually |really |even )?(?:there|around)|(?:a )?(?:human|person|agent|operator) please|speak to (?:a |the |your )?(?:manager|supervisor|boss)",
      "nao quero falar com (?:robo|maquina|bot|ia)",
      "(?:me liga|me ligue|pode me ligar|podem me ligar|liga para mim|me telefona)",
      "(?:talk|speak|chat) (?:to|with) (?:a |an |some |the |someone |an actual )?(?:human|person|real person|someone|somebody|agent|rep|representative|sales ?person|sales|your team|manager)",
      "(?:real|actual|live) (?:person|human|agent)(?: please)?",
      "(?:give|call) me a (?:call|ring)",
      "hablar con (?:una persona|alguien|un humano|un asesor)",
    ),
  },
  {
    kind: "asks_identity",
    pattern: phrases(
      "(?:uma )?pessoa ou (?:e )?(?:um |uma )?(?:robo|bot|maquina|automatico|ia)",
      "(?:robo|bot|maquina|ia) ou (?:e )?(?:uma )?(?:pessoa|gente|humano)",
      "(?:are you|is it|is this|you) (?:even |really |actually |just )*(?:a |an )?(?:real |actual )?(?:human|person|bot|robot|ai|machine)",

      "(?:voce|tu|isso|aqui|ai) (?:e|eh|seria) (?:um |uma )?(?:robo|bot|maquina|ia|inteligencia artificial|humano|humana|pessoa|gente|automatico)",
      "(?:estou|to) falando com (?:um |uma )?(?:robo|bot|maquina|ia|humano|pessoa)",
      "(?:e|eh) (?:um )?(?:robo|bot) ?(?:isso|ai|ne)?(?= ?\\?)",
      "(?:tem gente|e gente) (?:ai|de verdade)",
      "quem (?:e voce|esta falando|fala|e)(?= ?\\?)",
      "(?:isso|aqui|ai|voces|voce|esse numero|essa empresa|esse link) (?:nao )?(?:e|sao|existem?) (?:\\w+ )?(?:golpe|fraude|virus|confiavel|seri[oa]s?|de verdade|spam|pegadinha|golpistas)?(?= ?\\?)",
      "(?:is this|are you|this is|is it) (?:\\w+ )?(?:a )?(?:scam|legit|legitimate|spam|phishing|genuine|for real)(?= ?(?:\\?|$))",
      "(?:are you|is this|am i (?:talking|speaking|chatting) (?:to|with)) (?:a |an )?(?:bot|robot|human|person|real person|ai|machine|real|actual person|computer)",
      "who (?:is this|are you)",
    ),
  },
  {
    kind: "opts_out",
    pattern: phrases(
      "cancel[ae]r? (?:a )?(?:minha )?(?:inscricao|assinatura de mensagens)",
      "chega de (?:mensagem|mensagens|propaganda|spam)",
      "no more (?:messages|texts|emails)",
      "opt (?:me )?out",
      "nao (?:me )?(?:chame|chamem|liguem|ligue|procurem|procure|mandem|mande|escrevam|perturbem?|envie|enviem)(?: mais)?(?: nada| mensagens?)?",
      "(?:para|parem|pare|chega) de (?:me )?(?:perturbar|encher|mandar|incomodar|ligar|spam|enviar|chamar)",
      "(?:tira|tire|remove|remova|exclui|exclua|apaga|apague) (?:o )?(?:meu|esse|este) (?:numero|contato|telefone|nome|whatsapp)",
      "(?:lose|forget) my number",

      "(?:pare|parem|para|parar|pode parar|podem parar) (?:de |com )?(?:me )?(?:mandar|enviar|mandando|chamar|escrever|encher|perturbar|mensagens|as mensagens|essas mensagens)",
      "(?:me )?(?:remove|remova|remover|tira|tire|retire|exclui|exclua|descadastr[ae]r?|apaga|apague)(?: me)?(?: (?:daqui|(?:da|dessa|desta|do|de) (?:sua |tua )?(?:lista|base|cadastro|contatos|grupo|voces)|(?:o )?meu (?:numero|contato|nome|telefone)))",
      "nao (?:quero|desejo|gostaria de|me) (?:mais )?(?:receber|receber mais|manda|mande|mandem|mandar|chama|chame|chamem|escreva|escrevam|incomod[ea]m?)(?: mais)?(?: (?:nada|mensagens?|contato|voces))?",
      "nao (?:entre|entrem) (?:mais )?em contato",
      "(?:quero )?(?:me )?descadastrar",
      "^ ?(?:sair|parar|pare|stop|unsubscribe|cancelar inscricao|remover|quit|baja) ?[.!]?$",
      "(?:stop|quit) (?:messaging|texting|contacting|writing|sending|emailing|bothering)(?: me)?",
      "(?:don't|do not) (?:contact|message|text|write|email|bother)(?: to)? me(?: again| anymore)?",
      "(?:remove|take|delete) (?:me|my (?:number|contact|data))(?: (?:off|from))?",
      "unsubscribe(?: me)?",
      "leave me alone",
      "me deixa(?:m)? em paz",
      "no (?:quiero recibir mas|me escriban mas)",
    ),
  },
  {
    kind: "not_a_lead",
    pattern: phrases(
      "mand(?:ei|amos) (?:errado|para (?:a )?pessoa errada)",
      `(?:somos|sou|trabalho para|falo em nome de) (?:um |uma |de |de um |de uma )?(?:fornecedor(?:a|es|as)?|representantes?(?: comercial)?)(?: de| para| da)${NO_TEAM}`,
      "represento (?:um|uma|a|o) (?:\\w+ ){1,4}(?:e|que) (?:\\w+ ){0,3}?(?:apresentar|oferecer|vender|fornecer|mostrar)",
      "(?:apresentar|oferecer|divulgar|mostrar|vender) (?:a |o |os |as )?(?:minh[ao]s?|meus?|noss[oa]s?) (?:empresa|produtos?|servicos?|solucao|solucoes|catalogo|portfolio)",
      "voces (?:compram|usam|consomem|precisam de) (?:material|materiais|fornecedor|embalagens|brindes|uniformes|\\w+ para revenda)",
      "com quem (?:eu )?(?:falo|converso|trato) (?:para|sobre) (?:vender|oferecer|apresentar|compras|fornecer)",
      "(?:voces )?(?:estao|esta) (?:contratando|contratado|com vagas?|precisando de funcionarios?)",
      "(?:deixar|enviar|mandar|entregar|mando|envio) (?:o |um |meu |o meu )*(?:curriculo|cv)",
      "apply (?:for|to) (?:a |the |an |any )?(?:job|position|role|\\w+ position)",
      "(?:i|we) (?:sell|offer|provide|supply|represent) (?:\\w+ ){1,4}(?:,|and|to|for|who|that|which|can|with)(?: \\w+){0,6} (?:your (?:company|business|website|site|team|office|brand)|companies like yours|businesses like yours|purchasing|procurement)",
      "who (?:handles|is in charge of|takes care of) (?:purchasing|procurement|marketing|hiring)",

      "(?:numero|pessoa|contato) errad[oa]",
      "foi engano",
      "(?:mandei|liguei|escrevi|chamei) (?:por |no |para o )?(?:engano|numero errado|lugar errado)",
      "(?:enviar|mandar|deixar|mando|encaminhar|entregar) (?:o |um |meu )?(?:curriculo|cv)",
      "(?:tem|teria|voces tem|existe|ha|sobre|voces estao com) (?:alguma? |a )?vagas?(?: (?:aberta|de emprego|para))?",
      "(?:procuro|procurando|busco|a procura de) (?:um )?(?:emprego|trabalho|vaga|estagio)",
      "(?:estao|esta|voces estao) contratando",
      "(?:vaga|oportunidade) de (?:emprego|estagio|trabalho)",
      "(?:apresentar|oferecer|oferecendo|divulgar) (?:a voces |para voces |os |as )?(?:o |a )?(?:noss[oa]s?|meus?|minhas?) (?:produtos?|servicos?|empresa|solucao|solucoes|portfolio)(?: para voces)?",
      `(?:somos|sou) (?:um |uma )?(?:fornecedor|fornecedora|representante comercial)${NO_TEAM}`,
      "(?:parceria|proposta) de (?:fornecimento|midia|publicidade|patrocinio)",
      "trabalho escolar",
      "wrong (?:number|person|chat)",
      "(?:send|submit|drop|attach) (?:you )?(?:my |a )?(?:resume|cv)",
      "(?:are you|you guys) hiring",
      "(?:job|open|vacant) (?:opening|openings|position|positions|application)s?",
      "looking for (?:a )?(?:job|work|internship)",
      "we (?:offer|sell|provide) (?:seo|backlinks?|outsourc\\w+|web design|guest posts?)(?: \\w+)* (?:to|for) (?:companies like yours|your (?:company|website|site|business))",
      "(?:rank|increase traffic to) your (?:website|site)",
    ),
  },
  {
    kind: "existing_customer",
    pattern: phrases(
      "(?:ja |eu )?sou clientes?(?: (?:de voces|ai|ja|da|do|antigo|ha))?(?= ?(?:$|[.,!]| e | mas | de | ai | ja | da | do | ha ))",
      "(?:esqueci|perdi|trocar|recuperar|resetar) (?:a )?(?:minha )?senha",
      "(?:i'm|i am|we are|we're) (?:already )?(?:a |an )?customers?(?: already| of yours)?(?= ?(?:$|[.,!]| and | but ))",
      "where is my (?:invoice|order|bill)",
      "(?:forgot|reset|lost) my password",

      "(?:ja )?sou clientes? (?:de voces|ai|ja|da|do)",
      "(?:segunda via|2a via|minha fatura|meu boleto|meu login|minha senha|suporte tecnico)",
      "(?:o )?(?:sistema|aplicativo|app|painel) (?:de voces )?(?:caiu|fora do ar|travou|nao abre|nao entra|nao carrega)",
      "(?:i'm|i am|we are|we're) (?:already )?(?:an? )?(?:existing |current )?customers? of yours",
      "(?:i'm|i am|we are|we're) (?:already )?(?:an? )(?:existing|current) customer",
      "(?:my invoice|my account is|can't log in|reset my password|tech support)",
    ),
  },
  {
    kind: "abusive",
    pattern: phrases(
      "(?:cambada|bando|corja) de \\w+",
      "seus? (?:merdas?|lixos?|bostas?|imbecil|idiota|trouxas?|palhacos?|golpistas?|ladroes|ladrao)",
      "(?:voces|vcs|voce) (?:sao|e) (?:tudo |todos |um |uns |uma |umas )?(?:golpistas?|ladr(?:ao|oes)|lixos?|bandidos?|merdas?|idiotas?|palhacos?|picaretas?|estelionatarios?|imbecil|imbecis|vagabund[oa]s?)",

      "(?:vai|va) (?:se f[ou]der|tomar no cu|a merda|para o inferno|se ferrar)",
      "vtnc|vsf|pqp|fdp|tnc",
      "filh[oa]s? da puta",
      "(?:seus?|sua|bando de) (?:lixos?|merdas?|idiotas?|otari[oa]s?|vagabund[oa]s?|ladr(?:ao|oes)|imbecil|imbecis|burr[oa]s?)",
      "(?:voces sao|isso e) (?:um |uma |uns )?(?:lixos?|merda|bosta|golpe|golpistas|ladroes|idiotas)",
      "f[u*]+ck (?:you|off|this)",
      "fuck(?:ing)?",
      "(?:piece of|you) (?:shit|idiots?|morons?|scammers?|assholes?)",
      "go to hell",
      "shut up",
    ),
  },
  {
    kind: "instructs_agent",
    pattern: phrases(
      "(?:disregard|override|bypass|forget) (?:all |any |your |the |my )*(?:previous |prior |above )?(?:instructions|rules|prompts?|guidelines)(?: above)?",
      "(?:esqueca|esquece|ignore|ignora|desconsidere|apague) (?:todas? |todos? |as |os |suas |seus |tudo |que )*(?:instrucoes|regras|comandos|ordens|diretrizes|foi dito)",
      "(?:repita|mostre|cole|copie|imprima|envie) (?:aqui )?(?:as |o |seu |suas |todas )*(?:instrucoes|prompt|regras)",
      "(?:finja|aja como|comporte se|atue como|passe a ser)",

      "(?:ignore|ignora|esqueca|esquece|desconsidere) (?:todas? )?(?:as |os |suas?|seus?|tudo|all |any |your |the )?(?:as )?(?: ?(?:suas |previous |prior |above ))?(?:instruco?e?s|regras|comandos|instructions|rules|prompts?)(?: anteriores| acima)?",
      "(?:system|developer) ?(?:prompt|:|message)",
      "(?:mostre|revele|repita|imprima|me mostra|qual e|me diga|escreva|cole) (?:o |seu |as |suas |me )*(?:prompt|instrucoes|regras internas|configuracao)",
      "(?:reveal|show|print|repeat|paste|tell me) (?:me )?(?:your |the )?(?:system )?(?:prompt|instructions|hidden rules|configuration)",
      "(?:voce agora e|a partir de agora voce|finja (?:que|ser)|aja como|you are now|pretend (?:to be|you)|act as)",
      "modo (?:desenvolvedor|admin|debug)",
      "(?:developer|admin|debug|dan) mode",
      "(?:responda|diga|escreva|confirme|say|reply|answer|output) (?:apenas|somente|exatamente|only|exactly)",
    ),
  },
  {
    kind: "thanks",
    pattern: phrases("obrigad[oa]", "valeu", "agradeco", "thanks", "thank you", "gracias", "cheers"),
  },
  {
    kind: "declines",
    pattern: phrases(
      "dispenso",
      "(?:nao|nem) (?:me )?interess(?:a|ou)(?: mais)?",
      "(?:nah|no) ?,? (?:i'm|i am|we're|we are) (?:good|fine|ok|all set)",
      "(?:not|no longer|aren't|isn't) (?:really |that |very )?interested",
      "nao (?:temos|tenho|ha) (?:mesmo )?interesse(?: (?:em|de|no|na) \\w+)?",

      "(?:nao )(?:tenho|temos|tem|ha|estou com|estamos com) (?:nenhum |mais )?(?:interesse|necessidade)",
      "(?:nao )(?:estou|estamos|fiquei|to) (?:mais |muito )?interessad[oa]s?",
      "sem interesse",
      "nao (?:quero|queremos)(?: mais)?(?: ?,? ?(?:nao|obrigad[oa]|valeu))?(?= ?(?:$|[.!,]))",
      "nao ?,? (?:muito )?(?:obrigad[oa]|valeu)",
      "(?:deixa|deixe) (?:quieto|para la|pra la)",
      "(?:vou|prefiro) (?:deixar|passar|recusar)(?: (?:passar|essa|dessa vez))?",
      "not interested",
      "no ?,? thanks?(?: you)?",
      "(?:i'll|we'll) pass",
      "(?:i|we) (?:don't|do not) (?:want|need) (?:it|this|anything)",
      "never mind",
      "no me interesa",
    ),
  },
  {
    kind: "accepts_slot",
    pattern: phrases(
      "(?:pode ser|fechado|combinado|bora|vamos|topo|perfeito|marcado|fechou|esta otimo|pode marcar|vamos marcar|sounds good|works for me|let's do it|deal|that works)",
    ),
  },
  {
    kind: "affirms",
    pattern: phrases(
      "sim+",
      "claro",
      "com certeza",
      "isso",
      "exato",
      "exatamente",
      "pode",
      "positivo",
      "ok",
      "okay",
      "beleza",
      "certo",
      "quero",
      "uhum",
      "yes",
      "sure",
      "of course",
      "right",
      "correct",
      "definitely",
      "absolutely",
      "si",
    ),
  },
];

const ACTS = [...INTENTS, ...ENDING_ACTS, ...STRANGER_ACTS, ...FRICTION_ACTS];

/** Every intent once, with the words that show it. */
export function readIntents(canon: CanonicalText, messageId: string): ({ kind: IntentKind } & Source)[] {
  const found: ({ kind: IntentKind } & Source)[] = [];
  for (const { kind, pattern } of ACTS) {
    if (found.some((intent) => intent.kind === kind)) continue;
    const match = canon.text.matchAll(pattern).next().value;
    if (match) found.push({ kind, messageId, quote: canon.quote(match.index, match.index + match[0].length) });
  }
  return found;
}

/** The kinds of `readIntents` for a part of a message. */
export function intentKinds(text: string): IntentKind[] {
  const kinds = ACTS.filter(({ pattern }) => !text.matchAll(pattern).next().done).map(({ kind }) => kind);
  return [...new Set(kinds)];
}
