/** What Horizonte's owner taught the agent after the first run: what it may promise, what it costs, and what leads always ask. */
import type { PlaybookContent } from "../../lib/domain/playbook.ts";

const MONDAY_TO_FRIDAY = [1, 2, 3, 4, 5];
const SATURDAY = 6;

/** `begun` as the owner wrote on: her own prices, answers, hours and reasons to bring in a person. */
export function horizontePlaybook(begun: PlaybookContent): PlaybookContent {
  const { situation, ...later } = begun.questions;
  return {
    ...begun,
    company: { ...begun.company, website: "https://horizonte.example" },
    offer: {
      summary: {
        pt: "A Horizonte é um ERP em nuvem para distribuidoras e atacadistas de 20 a 300 funcionários: pedidos, estoque, rotas e nota fiscal em um só lugar.",
        en: "Horizonte is a cloud ERP for distributors and wholesalers with 20 to 300 people: orders, stock, routes and invoices in one place.",
      },
      benefits: [
        {
          pt: "Cada pedido reserva o estoque na hora, e a rota do dia seguinte sai pronta na noite anterior.",
          en: "Every order reserves stock at once, and tomorrow's routes are ready the night before.",
        },
        {
          pt: "A equipe de implantação fica no Brasil e acompanha vocês até o primeiro fechamento do mês.",
          en: "Our onboarding team stays with you until the first month is closed.",
        },
      ],
      links: ["https://horizonte.example/planos", "https://horizonte.example/rotas"],
    },
    prices: [
      {
        label: "Plano Essencial, até 15 usuários",
        amountCents: 190_000,
        currency: "BRL",
        period: "month",
        kind: "exact",
      },
      { label: "Plano Operação, com rotas", amountCents: 340_000, currency: "BRL", period: "month", kind: "from" },
      { label: "Implantação", amountCents: 650_000, currency: "BRL", period: "once", kind: "from" },
    ],
    faq: FAQ,
    objections: OBJECTIONS,
    questions: { ...later, situation: situation.map(inOurWords) },
    workingHours: {
      timezone: begun.workingHours.timezone,
      openings: [
        ...MONDAY_TO_FRIDAY.map((weekday) => ({ weekday, opensAtMinute: 480, closesAtMinute: 1_080 })),
        { weekday: SATURDAY, opensAtMinute: 480, closesAtMinute: 720 },
      ],
      outside: "announce",
    },
    handoff: { keywords: ["advogado", "procon", "cancelar contrato", "reclamação"], maxUnknownQuestions: 2 },
    optOutWords: ["remover meu número"],
  };
}

/** The first that fits is said: the narrower come before the wider. */
const FAQ: PlaybookContent["faq"] = [
  {
    triggers: ["substituição tributária", "icms st"],
    answer: {
      pt: "Sim, o sistema emite nota de saída com substituição tributária: ele calcula a base e a MVA de cada produto por estado.",
      en: "Yes, outgoing invoices carry ICMS tax substitution: the base is worked out for each product and state.",
    },
  },
  {
    triggers: ["nota fiscal", "nfe", "nf-e", "invoice"],
    answer: {
      pt: "Sim, NF-e, NFC-e e MDF-e saem do próprio pedido, sem digitar nada de novo.",
      en: "Yes, electronic invoices and shipping documents come straight from the order.",
    },
  },
  {
    triggers: ["implantação", "implantar", "migração", "migrar", "quanto tempo demora", "onboarding"],
    answer: {
      pt: "A implantação leva cerca de 30 dias: a gente importa produtos, clientes e estoque, e treina o time antes da virada.",
      en: "Onboarding takes about 30 days: we import products, customers and stock, and train the team before the switch.",
    },
  },
  {
    triggers: ["integra", "conecta", "api", "integrate"],
    answer: {
      pt: "Sim, temos integração pronta com e-commerce, marketplaces, bancos e contabilidade, e uma API aberta para o resto.",
      en: "Yes, online shops, marketplaces, banks and accounting are ready to connect, and there is an open API for the rest.",
    },
  },
  {
    triggers: ["fidelidade", "multa", "contrato mínimo", "tempo de contrato", "lock in"],
    answer: {
      pt: "Não há fidelidade: o contrato é mensal e os dados são seus, com exportação completa se um dia quiserem sair.",
      en: "There is no lock-in: plans are monthly, and you can export all of your data whenever you like.",
    },
  },
  {
    triggers: ["suporte", "support"],
    answer: {
      pt: "O suporte é por telefone e WhatsApp, com gente no Brasil, em horário comercial e no plantão de fechamento.",
      en: "Support is by phone and WhatsApp, in business hours, and on call when you close the month.",
    },
  },
  {
    triggers: ["filiais", "filial", "mais de uma loja", "branches"],
    answer: {
      pt: "Sim, cada filial tem o seu estoque e o seu caixa, e a matriz enxerga tudo em uma tela só.",
      en: "Yes, each branch has its own stock and cash, and headquarters sees all of them on one screen.",
    },
  },
  {
    triggers: ["porte", "atende empresa", "tamanho de empresa"],
    answer: {
      pt: "Sim, é o nosso dia a dia: atendemos distribuidoras de 20 a 300 funcionários.",
      en: "Yes, that is who we work with every day: distributors with 20 to 300 people.",
    },
  },
  {
    triggers: ["rota", "roteiro", "roteirização", "entrega", "routes"],
    answer: {
      pt: "As rotas são montadas a partir dos pedidos do dia, por região, peso e janela de entrega, e o motorista acompanha tudo pelo celular.",
      en: "Routes are made from the orders of the day, by area, weight and delivery window, and drivers follow them on their phone.",
    },
  },
];

const OBJECTIONS: PlaybookContent["objections"] = [
  {
    kind: "has_vendor",
    answer: {
      pt: "Faz sentido, a maioria dos nossos clientes também veio de outro ERP. A gente cuida da migração e roda em paralelo até vocês confiarem.",
      en: "That makes sense, most of our customers came from another ERP. We take care of the migration and run side by side until you trust it.",
    },
  },
  {
    kind: "too_expensive",
    answer: {
      pt: "Entendo. Para comparar de forma justa, vale pôr na conta o que se perde hoje com ruptura, devolução e retrabalho.",
      en: "I see. For a fair comparison, count in what stock-outs, returns and rework cost you today.",
    },
  },
];

/** Asks a distributor like somebody who knows the trade. */
function inOurWords(question: PlaybookContent["questions"]["situation"][number]): typeof question {
  if (question.fact !== "segment") return question;
  return {
    fact: "segment",
    wordings: {
      pt: ["Me conta um pouquinho: o que a sua empresa faz, e para quem vocês distribuem?", "Em que ramo vocês atuam?"],
      en: ["Tell me a little: what do you do, and whom do you deliver to?", "Which industry are you in?"],
    },
  };
}
