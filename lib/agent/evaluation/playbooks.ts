// Two organizations to evaluate with: one with a full playbook, one straight out of the first run.
import { defaultPlaybook } from "../../domain/playbook-default.ts";
import { DEFAULT_QUESTIONS } from "../../domain/playbook-questions.ts";
import type { PlaybookContent } from "../../domain/playbook.ts";

const firstRun = defaultPlaybook({
  company: "Ponto Firme",
  sells: "Um sistema que organiza o atendimento e os pedidos de pequenas empresas",
  tone: "warm",
  locale: "pt-BR",
  timezone: "America/Sao_Paulo",
});

const nexa: PlaybookContent = {
  ...firstRun,
  company: { name: "Nexa", website: "https://nexa.example.com" },
  agentName: "Lia",
  offer: {
    summary: {
      pt: "A Nexa reúne WhatsApp, Instagram e e-mail do comercial em um lugar só e avisa quando um lead está sem resposta.",
      en: "Nexa brings WhatsApp, Instagram and email of a sales team into one place and warns you when a lead is waiting.",
    },
    benefits: [{ pt: "Os times costumam começar a usar em poucos dias.", en: "Teams usually get going within days." }],
    links: [],
  },
  prices: [
    { label: "Nexa Start", amountCents: 49_000, currency: "BRL", period: "month", kind: "exact" },
    { label: "Nexa Time", amountCents: 129_000, currency: "BRL", period: "month", kind: "from" },
  ],
  faq: [
    {
      triggers: ["integra", "conecta", "integrate"],
      answer: {
        pt: "Sim, a Nexa se integra aos principais CRMs e ao Google Agenda.",
        en: "Yes, Nexa integrates with the major CRMs and Google Calendar.",
      },
    },
    {
      triggers: ["fidelidade", "multa", "lock in", "contrato minimo"],
      answer: { pt: "Não há fidelidade: o plano é mensal.", en: "There is no lock-in: plans are monthly." },
    },
  ],
  criteria: [
    { label: "Decision maker", fact: "decisionMaker", test: { kind: "is", value: true }, weight: 3, need: "wanted" },
    {
      label: "Team of two or more",
      fact: "teamSize",
      test: { kind: "at_least", value: 2 },
      weight: 3,
      need: "required",
    },
    {
      label: "Budget for the first plan",
      fact: "monthlyBudget",
      test: { kind: "at_least", value: 490 },
      weight: 2,
      need: "wanted",
    },
  ],
  questions: {
    ...DEFAULT_QUESTIONS,
    situation: [
      {
        fact: "teamSize",
        wordings: {
          pt: [
            "Quantas pessoas atendem ou vendem aí com vocês?",
            "E o time comercial é de quantas pessoas, mais ou menos?",
          ],
          en: [
            "How many people are on your sales or support team?",
            "Roughly how many people sell or reply to customers there?",
          ],
        },
      },
      {
        fact: "currentSolution",
        wordings: {
          pt: [
            "Hoje vocês organizam os atendimentos como: sistema, planilha, cada um no seu celular?",
            "Que ferramenta vocês usam para acompanhar os contatos hoje?",
          ],
          en: [
            "How do you keep track of conversations today: a CRM, a spreadsheet, everyone's own phone?",
            "Which tool do you use to follow up with contacts right now?",
          ],
        },
      },
    ],
  },
  requiredFacts: ["name", "company", "teamSize", "decisionMaker"],
  objections: [
    {
      kind: "has_vendor",
      answer: {
        pt: "Legal que vocês já têm uma solução. A maioria dos nossos clientes também tinha.",
        en: "Nice that you already have something. Most of our customers did too.",
      },
    },
  ],
  rules: ["Never mention competitors by name and always steer the talk towards a meeting"],
  tone: "warm",
  threshold: 60,
};

export const EVALUATION_PLAYBOOKS = { nexa, "first-run": firstRun } as const;
