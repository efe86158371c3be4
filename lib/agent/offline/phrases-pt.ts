// How the agent talks in Brazilian Portuguese.
import type { Phrases } from "./phrase-book.ts";

export const PHRASES_PT: Phrases = {
  hello: (name) =>
    name === null
      ? ["Oi!", "Olá!", "Oi! Que bom que você chamou."]
      : [`Oi, ${name}!`, `Olá, ${name}!`, `Oi, ${name}, que bom que você chamou.`],
  introduction: (agent, company) => [
    `Aqui é a ${agent}, assistente virtual da ${company}. 😊`,
    `Eu sou a ${agent}, assistente virtual da ${company}. 😊`,
    `Quem fala é a ${agent}, assistente virtual da ${company}.`,
  ],
  heard: {
    name: (value) => [`Prazer, ${value}!`, `Muito prazer, ${value}!`, `${value}, prazer falar com você!`],
    company: (value) => [`Legal, ${value}!`, `Boa, anotei aqui: ${value}.`, `Ah, ${value}, que bacana.`],
    segment: () => ["Legal, já consigo imaginar a rotina de vocês.", "Ah, boa! Obrigada por me situar.", "Que bacana!"],
    teamSize: (value) =>
      value === "1"
        ? ["Você toca tudo, então! Haja fôlego.", "Entendi, tudo nas suas mãos."]
        : [
            `Boa, ${value} pessoas. Já dá uma noção do tamanho da operação.`,
            `Entendi, um time de ${value}.`,
            `Certo, ${value} pessoas então.`,
          ],
    currentSolution: () => [
      "Entendi, é bem comum começar por aí.",
      "Certo, já consigo visualizar como está hoje.",
      "Saquei, obrigada por contar.",
    ],
    problem: () => [
      "Poxa, imagino como isso atrapalha.",
      "Entendo bem, isso desgasta qualquer time.",
      "Nossa, isso incomoda mesmo.",
    ],
    implication: () => ["Isso pesa mesmo no fim do mês.", "Entendi, o impacto não é pequeno.", "É, aí a conta chega."],
    desiredOutcome: () => [
      "Faz total sentido.",
      "Adorei, dá para ver onde você quer chegar.",
      "Ótimo, isso deixa o objetivo bem claro.",
    ],
    decisionMaker: () => ["Perfeito, bom saber.", "Combinado, obrigada por explicar.", "Ótimo, isso ajuda."],
    monthlyBudget: () => [
      "Obrigada pela transparência, isso ajuda muito.",
      "Perfeito, já tenho uma noção.",
      "Ótimo, anotado.",
    ],
    timeline: () => ["Boa, anotei o prazo.", "Certo, dá para se planejar.", "Entendi, obrigada."],
    channels: () => ["Legal, bem onde os clientes estão.", "Certo, anotado."],
    role: () => ["Legal, obrigada por se apresentar.", "Perfeito, bom saber com quem eu falo."],
    email: () => ["Anotado, obrigada!", "Perfeito, já anotei seu e-mail."],
  },
  heardAnything: ["Entendi.", "Certo!", "Legal, obrigada por contar."],
  noPressure: ["Sem problema.", "Tranquilo, sem pressa com isso."],
  askAgain: ["Deixa eu perguntar de outro jeito:", "Só para eu entender melhor:", "Voltando rapidinho:"],
  from: "a partir de",
  period: { once: "", month: " por mês", year: " por ano" },
  prices: (lines) =>
    lines.length === 1
      ? [`Claro! ${lines[0]}.`, `Sem mistério: ${lines[0]}.`]
      : [`Claro! Os valores são:\n${lines.join("\n")}`, `Sem mistério, olha só:\n${lines.join("\n")}`],
  priceByTeam: [
    "O valor depende do cenário de cada empresa, então quem monta a proposta é o nosso time, sem compromisso.",
    "Quem passa valores é o nosso time, porque depende do tamanho e da necessidade de cada cliente.",
  ],
  offerByTeam: ["Claro! Deixa eu entender um pouco do seu caso, e o time te explica o que faz sentido para vocês."],
  noDiscount: [
    "Desconto eu não consigo prometer por aqui, mas deixo anotado para o time conversar com você.",
    "Sobre desconto, não sou eu quem define, mas registro seu pedido para o time avaliar.",
  ],
  identity: (agent, company) => [
    `Sou a ${agent}, assistente virtual da ${company}: um sistema de atendimento, não uma pessoa. Se preferir falar com alguém do time, é só pedir.`,
    `Aqui quem responde é a ${agent}, assistente virtual da ${company}. Quando quiser alguém do time, me avisa que eu chamo.`,
  ],
  privacy: (company) => [
    `Seu contato chegou pela conversa que você abriu com a ${company}, e a gente usa só para falar com você. Se quiser parar, é só responder SAIR.`,
  ],
  hours: (hours) => [`Nosso time atende ${hours}.`, `O horário do time é ${hours}.`],
  link: (url) => [`Aqui está: ${url}`, `É este aqui: ${url}`],
  unknown: [
    "Boa pergunta! Essa eu não tenho confirmada aqui, então vou anotar para o time te responder direitinho.",
    "Essa informação eu não tenho com certeza, e prefiro não chutar. Deixo anotada para o time te responder.",
  ],
  objection: {
    has_vendor: [
      "Que bom que vocês já têm algo rodando. Muita gente fala com a gente para comparar, sem compromisso.",
      "Tranquilo, não precisa trocar nada agora. Vale mais como comparação.",
    ],
    no_budget: [
      "Entendo, verba é sempre apertada. Antes de falar em investimento, prefiro ver se isso faz sentido para vocês.",
      "Super entendo. Se não fizer a conta fechar, eu mesma te digo.",
    ],
    no_time: ["Imagina, sem pressa! Responde quando der.", "Tranquilo, vou ser breve, e você responde quando puder."],
    must_think: [
      "Claro, sem pressão nenhuma. Só para te ajudar a pensar com mais clareza:",
      "Com certeza, decisão boa é decisão pensada. Só uma coisa para ajudar:",
    ],
    not_decision_maker: [
      "Sem problema, dá para incluir essa pessoa mais para a frente.",
      "Entendi! Então eu te ajudo a levar isso bem explicado para quem decide.",
    ],
    too_expensive: [
      "Entendo a preocupação com o valor. O que costuma pesar é quanto o problema custa hoje.",
      "Faz sentido comparar. Vamos ver se o retorno compensa para o caso de vocês.",
    ],
    no_need: ["Que bom que está funcionando!", "Legal, sinal de que a casa está em ordem."],
  },
  askForTime: {
    1: [
      "Pelo que você me contou, vale uma conversa rápida com um especialista do nosso time. Qual dia e horário ficam bons para você?",
      "Acho que um papo com nosso especialista vai te ajudar bastante. Qual o melhor dia e horário para você?",
    ],
    2: [
      "Combinado! Me diz só um dia e um horário que funcionem para você?",
      "Boa! Qual período fica melhor para o time te chamar?",
    ],
  },
  optedOut: ["Pronto, não vou mais te mandar mensagens. Obrigada pelo aviso e tudo de bom!"],
  boundary: ["Entendo que você esteja chateado, e quero ajudar. Só peço que a gente converse com respeito, tudo bem?"],
  askForText: {
    audio: [
      "Recebi seu áudio, mas ainda não consigo ouvir por aqui. Pode me escrever, por favor?",
      "Desculpa, áudio eu ainda não consigo escutar. Me conta por texto?",
    ],
    other: [
      "Recebi seu arquivo, mas ainda não consigo abrir por aqui. Pode me contar por texto?",
      "Esse tipo de arquivo eu ainda não consigo ver. Me escreve do que se trata?",
    ],
  },
  handOff: {
    person: [
      "Claro! Já estou passando sua conversa para alguém do time, que continua com você por aqui.",
      "Pode deixar, vou chamar uma pessoa do time. Ela já recebe tudo o que você me contou.",
    ],
    meeting: (time) =>
      time === null
        ? ["Perfeito! Vou passar para o time, que te chama por aqui para combinar o melhor horário."]
        : [
            `Perfeito! Anotei sua preferência: ${time}. O time confirma com você por aqui.`,
            `Ótimo! Passo para o time a sua preferência (${time}), e eles confirmam com você por aqui.`,
          ],
    customer: [
      "Obrigada por avisar! Vou passar direto para o time que cuida dos nossos clientes, e eles continuam por aqui.",
    ],
    unanswered: [
      "Essa eu prefiro que o time te responda com precisão. Já estou chamando alguém para continuar com você por aqui.",
    ],
    media: ["Como ainda não consigo abrir esse tipo de mensagem, vou chamar alguém do time para continuar com você."],
    language: (company) => [
      `Obrigada por escrever para a ${company}! Vou passar sua mensagem para uma pessoa do time.`,
    ],
    missing: [
      "Obrigada por tudo que você me contou! Vou passar para um especialista do time continuar com você por aqui.",
    ],
  },
  close: {
    stranger: [
      "Obrigada pelo contato! Este canal é só para quem quer conhecer nossas soluções, então não consigo ajudar com isso por aqui. Tudo de bom!",
      "Entendi, obrigada por avisar! Por aqui eu só consigo falar das nossas soluções. Um abraço!",
    ],
    unfit: [
      "Obrigada pela sinceridade! Pelo que você me contou, acho que hoje não seríamos a melhor opção para vocês. Se algo mudar, é só chamar aqui.",
      "Agradeço por contar tudo isso. Neste momento acho que não faz sentido para vocês, mas a porta fica aberta.",
    ],
    later: [
      "Sem problema! Fico por aqui: quando for um bom momento, é só me chamar.",
      "Combinado, sem pressa nenhuma. Quando quiser retomar, é só mandar uma mensagem.",
    ],
    declined: [
      "Tudo bem, obrigada por responder! Se precisar de algo no futuro, é só chamar.",
      "Sem problema, agradeço a sinceridade. Tudo de bom por aí!",
    ],
  },
};
