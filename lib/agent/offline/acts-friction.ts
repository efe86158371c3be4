// What is not selling: customers in trouble, people who want out, and people who vent.
import type { IntentKind } from "../types.ts";
import { phrases } from "./text.ts";

const MONTH =
  "(?:janeiro|fevereiro|marco|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro|january|february|march|april|may|june|july|august|september|october|november|december)";
const BILL_PT = "(?:mensalidade|boleto|fatura|assinatura|plano|pix|renovacao|parcela|anuidade|licenca)";
const STUCK_PT =
  "(?:bloquead[oa]|travad[oa]|suspens[oa]|cancelad[oa]|inativ[oa]|fora do ar|expirad[oa]|expirou|liberou|liberaram|liberad[oa]|liberar|continua|caiu|nao (?:caiu|consta|baixou|entra|abre|acessa|funciona|consigo|conseguimos|libera\\w*|reconhec\\w*|aparece|loga|carrega))";
const OURS_PT = "(?:nossa|nosso|minha|meu)";
const STUCK_EN =
  "(?:locked(?: out)?|blocked|suspended|disabled|frozen|deactivated|down|expired|cancelled|canceled|still (?:not|isn't|says|shows)|not working|doesn't work|isn't working|won't (?:load|open|let)|restricted|on hold|gone|missing)";
const LEAVE_US_PT =
  "(?:sair|parar|pararem|parem|tirar(?:em)?|remover(?:em)?|excluir(?:em)?|descadastr\\w+|nao (?:me )?(?:mandar\\w*|chamar\\w*|escrever\\w*|ligar\\w*|incomodar\\w*|perturbar\\w*)|cancelar (?:isso|essas))";
const THREAT_PT =
  "(?:denunci\\w+|bloque(?:io|ar|ando)|process(?:o|ar)|procon|justica|advogad[oa]|report(?:o|ar)|anatel|policia|reclame ?aqui)";

export const FRICTION_ACTS: readonly { kind: IntentKind; pattern: RegExp }[] = [
  {
    kind: "existing_customer",
    pattern: phrases(
      `(?:ja )?(?:paguei|pagamos|foi pag[oa]|esta pag[oa]|efetuei (?:o )?pagamento|fiz o (?:pix|pagamento)|quitei|quitamos)(?: \\S+){0,8}? ${STUCK_PT}`,
      `(?:paguei|pagamos|quitei|renovei|renovamos) (?:a |o |essa |esse |minha |meu |nossa |nosso )?${BILL_PT}(?: (?:ontem|hoje|de ${MONTH}|desse mes|deste mes|de voces))`,
      "(?:me |nos )?(?:cobrad[oa]s?|cobraram|cobrou|cobrando|debitaram|debitou|descontaram|debitad[oa]|lancaram)(?: \\S+){0,5}? (?:duas vezes|2 vezes|2 ?x|2x|em dobro|duplicad[oa]|dobrad[oa]|a mais|errad[oa]|indevid[oa]\\w*|outra vez|de novo|repetid[oa])",
      "cobrancas? (?:\\w+ )?(?:duplicad[oa]s?|repetid[oa]s?|indevid[oa]s?|em dobro|errad[oa]s?|a mais)",
      "(?:quero|preciso|queria|cade|solicito|exijo|pedir|pedi|fazer|faz|faco)(?: \\w+){0,4}? (?:estorno|reembolso|meu dinheiro de volta)",
      `(?:preciso|quero|queria|cade|manda|mandem|envia|enviem|nao recebi|nao recebemos|nao chegou|falta|faltou|emitir|emitem|me passa|reenvia\\w*)(?: \\w+){0,4}? (?:nota fiscal|nf|nfs?e?|boleto|fatura|segunda via|recibo)(?: \\w+){0,4}? (?:${OURS_PT}|de voces|${MONTH}|deste mes|desse mes|do mes)`,
      `${OURS_PT} (?:boleto|fatura|nota|nf|recibo)(?: \\S+){0,4}? (?:nao|venc\\w+|veio|errad\\w+|atras\\w+|chegou)`,
      `(?:a |o )?${OURS_PT} (?:conta|assinatura|licenca|login|acesso|usuario|painel|senha|plano|cadastro|instancia)(?: \\S+){0,5}? (?:${STUCK_PT}|venceu|sumiu|nao)`,
      "(?:liber(?:a|ar|e|em|ou)|desbloque(?:ia|ar|ie|iem|io)|reativ(?:a|ar|e|em)|destrav(?:a|ar)|restabelec\\w+)(?: \\w+){0,2}? (?:meu|minha|nosso|nossa) (?:acesso|login|usuario|sistema|conta|painel|numero)",
      `cancelar (?:a |o )?${OURS_PT} (?:assinatura|plano|contrato|conta|licenca)`,
      "(?:contratei|assinei|contratamos|assinamos|comprei|compramos) (?:\\w+ ){0,4}?(?:de voces|com voces|da empresa de voces)",
      "(?:ja )?somos clientes?(?: \\w+)?|cliente (?:de voces|ha \\w+)|(?:abri|abrimos|tenho|temos) (?:um )?chamado|numero d[oe] (?:protocolo|chamado|contrato)|como resolv\\w+ (?:o |meu )?(?:acesso|login|bloqueio)",
      "(?:meu|nosso) (?:sistema|painel|login|acesso|aplicativo) (?:de voces |da \\w+ )?(?:nao (?:funciona|entra|abre|carrega)|travou|caiu|parou|esta (?:bloquead\\w+|fora|travad\\w+))",
      "(?:charged|billed|debited|overcharged|invoiced|taken (?:the )?(?:money|payment))(?: \\S+){0,6}? (?:twice|double|again|two times|too much|wrong\\w*|incorrect\\w*|by mistake|more than once)",
      "(?:double|duplicate|wrong|extra) (?:charges?|charged|billing|billed|payments?|debit)|overcharged|(?:want|need|request|get|claim|where's|where is|due)(?: \\w+){0,3}? refund",
      `(?:we've|we have|i've|i have|already|we|i) paid(?: \\S+){0,7}? (?:still|but|and|yet)(?: \\S+){0,6}? ${STUCK_EN}`,
      `(?:my|our) (?:account|subscription|licen[cs]e|login|log in|access|plan|workspace|portal|password|dashboard|profile)(?: \\S+){0,4}? ${STUCK_EN}`,
      "(?:unlock|unblock|restore|reactivate|re - activate|free up|free|release|reinstate|reset) (?:up )?(?:my|our) (?:account|access|login|subscription|users?)",
      `invoices? (?:for|from) (?:${MONTH}|our|my|last|this)|(?:my|our|your) (?:last |latest |${MONTH} )?invoices?(?: \\S+){0,4}? (?:wrong|missing|not|hasn't|never|late|twice|sent|copy)|(?:copy|resend|send)(?: \\w+){0,3}? (?:of )?(?:my|our|the|last|this)(?: \\w+)? (?:invoice|receipt)`,
      "cancel (?:my|our) (?:subscription|account|plan|contract|membership)|(?:locked|shut) out of (?:my|our|the)",
      "(?:we're|we are|i'm|i am|been) (?:already |an? |existing |current |paying |long ?-? ?standing )*(?:customers?|clients?|subscribers?|users?)(?: (?:of yours|with you|already|since|for))|raised a ticket|support ticket|ticket (?:number|#)|bought (?:it|this|the \\w+) from you|signed up with you",
    ),
  },
  {
    kind: "opts_out",
    pattern: phrases(
      `(?:ja |eu |ate )*(?:pedi|falei|avisei|solicitei|disse|mandei|implorei|cansei de (?:pedir|falar))(?: \\S+){0,6}? ${LEAVE_US_PT}`,
      "(?:parem|pare|para|chega|basta|parou)(?: ja| logo| agora| de vez)? (?:com (?:isso|essas?|esse|tanta)|de (?:\\w+ ){0,2}(?:mensag\\w+|encher|insistir|incomodar|perturbar|spam))",
      `(?:se |caso )(?:\\w+ ){0,2}?(?:mandar\\w*|continuar\\w*|insistir\\w*|chamar\\w*|escrever\\w*|nao pararem|nao parar)(?: \\S+){0,6}? ${THREAT_PT}`,
      `(?:ou|senao|vou|vamos|irei)(?: \\w+){0,4}? (?:te |voces |esse |o )?(?:denunci\\w+|bloque(?:io|ar)|reportar|processar|acionar)`,
      "(?:quero|queria|como (?:eu )?(?:faco para )?|deixa eu|me deixa|me deixem) (?:sair|sai(?:o)?) (?:diss\\w|dess\\w|dest\\w|da|do|daqui)(?: \\w+)?",
      "(?:nao (?:aguento|suporto|quero) mais (?:receber|mensag\\w+|voces|esse|essas)|me erra|me errem|me esquece(?:m)?|larga(?:m)? do meu pe|some da minha|sumam?(?= ?(?:$|[.,!]))|para de encher|enche(?:m|ndo)? o saco|que perseguicao)",
      "(?:already|i've|i have|we've|how many times)(?: \\S+){0,4}? (?:asked|told|said|requested|begged|must i (?:ask|say))(?: \\S+){0,6}? (?:stop|leave me|remove|unsubscribe|off|out|cease|be removed|not to (?:message|text|contact|call))",
      "(?:stop|quit|enough|cease|pack it in|knock it off)(?: \\S+){0,8}? (?:or|before|otherwise|else)(?: \\S+){0,4}? (?:report\\w*|block\\w*|sue|complain\\w*|lawyer|legal|solicitor|police|ico|ftc)",
      "(?:i'm|i'll|i will|i am|going to|gonna|or i|am)(?: \\w+){0,3}? (?:report(?:ing)?|block(?:ing)?) (?:you|this|the number|u|your number)",
      "(?:get|take|want|let) (?:me )?(?:off|out)(?: \\w+){0,3}? (?:list|this|here)|how do i get (?:off|out of)|stop (?:this|it|spamming|with the messages|pestering|hassling|harassing)|spamming me|pack it in|quit (?:it|spamming|pestering)",
    ),
  },
  {
    kind: "abusive",
    pattern: phrases(
      "(?:bando|cambada|corja|turma|monte) de (?:incompetentes?|inuteis|inutil|picaretas?|safad[oa]s?|enganador(?:es)?|amador(?:es)?|mentiros[oa]s?|trambiqueiros?|charlatoes|palhacos?)",
      "(?:voces|voce|vc|isso|isso aqui|isso ai|essa empresa|esse robo|esse atendimento|essa propaganda|que)(?: \\w+)? (?:sao|e|esta|virou|mais)?(?: (?:um|uma|uns|umas|so|muito|tudo|todos|mesmo))* ?(?:piada|palhacada|vergonha|porcaria|lixo|enganac\\w+|picaretagem|picaretas?|trapac\\w+|furada|roubada|fraude|enrolac\\w+|enrolad[oa]s|incompetentes?|ridicul[oa]s?|patetic[oa]s?|inuteis|inutil|imprestave\\w+|mentiros[oa]s?|caloteir[oa]s?|oportunistas?)(?= ?(?:$|[.,!?]| mesmo| demais| hein| de | e ess| essa| esse))",
      "propaganda enganosa|empresinha|empreseca|robozinho (?:burro|inutil|de)|(?:robo|bot|maquina|atendimento) (?:burr[oa]|inutil|lixo|imprestavel|ridicul[oa]|de quinta|de merda)|de quinta categoria",
      "vai (?:catar coquinho|ver se (?:eu )?(?:estou|to) na esquina|lamber sabao|plantar batatas?|pastar|pentear macacos?|te catar|se catar|cagar|dormir|procurar o que fazer|trabalhar)",
      "(?:seus?|sua|que) (?:babacas?|otari[oa]s?|trouxas?|manes?|panacas?|bobocas?|inuteis|inutil|incompetentes?|ridicul[oa]s?|patetic[oa]s?)",
      "va(?:i|o)? (?:a|para a|para o) (?:merda|puta|inferno|raio)|cala (?:a|essa) boca|arrombad[oa]s?|cuza(?:o|oes)|escrot[oa]s?",
      "(?:sod|bugger|piss|naff|eff|f) off|jog on|get (?:stuffed|lost|knotted|bent)|up yours|shove it|bog off|do one(?= ?(?:$|[.,!]))|on your bike|take a hike|get a life",
      "(?:you|ya|u|your|these|absolute|utter|utterly|bunch of|pack of|load of|bloody|complete|total|what a|proper|fucking|stupid|useless|bunch)(?: (?:lot|guys|people|are|a|an|bunch|of|all|such|just|absolute|utter|bloody|complete|total|proper|little|right|shower))* (?:muppets?|tossers?|wankers?|twats?|pillocks?|plonkers?|numpt(?:y|ies)|prats?|knobs?|knobheads?|bell ?-? ?ends?|gits?|clowns?|cowboys|con (?:artists?|men|merchants?)|crooks?|charlatans?|jokers?|dimwits?|half ?-? ?wits|useless|morons?|idiots?|imbeciles?|spammers?|scammers?|parasites?|vultures|leeches|bots?hit|pathetic|liars?|joke|amateurs|chancers|wasters?|cretins?|tools|weasels|bullshit\\w*)",
      "(?:this|that|it|your \\w+)(?:'s| is| was)? (?:\\w+ )?(?:utter|absolute|complete|total|load of|pile of|pure|bloody|a) (?:\\w+ )?(?:rubbish|garbage|crap|bollocks|tripe|tosh|nonsense|joke|drivel|scam|con|rip ?-? ?off|bull)",
      "^(?:\\w+ )?(?:utter|absolute|complete|total|load of|pile of|what a load of|bloody) (?:rubbish|garbage|crap|bollocks|tripe|tosh|nonsense|joke|drivel|shambles|shower)",
      "bollocks|bullshit|crap (?:bot|company|service)|pathetic(?= ?(?:$|[.,!]))|sham of a|shame on you|useless (?:bot|thing|company|service|lot)|stupid (?:bot|robot|machine|thing)|dumb (?:bot|robot|machine)",
    ),
  },
  {
    kind: "complains",
    pattern: phrases(
      "(?:voces|voce) (?:\\w+ )?(?:demor\\w+|enrol\\w+|so (?:perguntam?|querem?|sabem?)|insist\\w+|fazem (?:muita|tanta)s? perguntas?|perguntam? (?:demais|muito))",
      "(?:voces|voce) nao (?:\\w+ )?(?:respond\\w+|atend\\w+|entend\\w+|resolv\\w+|prest\\w+|explic\\w+|le(?:u|em|ram)?|ouv\\w+|sab\\w+|ajud\\w+|escut\\w+)",
      "(?:quanta|tanta|muita|muitas|tantas|quantas) perguntas?|que (?:interrogatorio|chatice|enrolacao|demora|chato|chata|saco|canseira)|parece (?:um )?(?:interrogatorio|questionario|policia)",
      "(?:eu )?ja (?:te |lhe )?(?:falei|disse|respondi|expliquei|informei|contei|falei isso)|como (?:eu )?(?:ja )?(?:disse|falei|te disse)|nao (?:entendeu|leu|ouviu|escutou)|(?:voce )?esta (?:surd[oa]|me ouvindo|lendo)",
      "(?:voce|isso|esse robo|esse bot) (?:e|esta) (?:\\w+ )?(?:chat[oa]|burr[oa]|lent[oa]|insistente|repetitiv[oa]|inutil)",
      "you (?:ask|want|need) (?:a lot|too much|so much|so many|an awful lot)|too many questions|(?:all|so many) (?:these|the) questions|what's with (?:all )?the questions|is this an interrogation|(?:already|just) (?:told|answered|said|gave) (?:you|that|this|it)?|(?:as|like) i (?:already )?(?:said|told|mentioned)|(?:i )?told (?:you|u)|stop asking|took you (?:long enough|your time)|did you (?:even|actually) read|(?:are )?you(?:'re| are)? (?:even |not )?(?:listening|reading)|you(?:'re| are) (?:so |very |really |being )*(?:slow|annoying|pushy|nosy|repetitive|unhelpful|not helping|going round in circles)|bit pushy|waste of (?:my )?time|wasting my time",
    ),
  },
];
