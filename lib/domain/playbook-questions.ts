// General questions that fit any business-to-business sale, two wordings each. An organization replaces them with its own.
import type { PlaybookContent } from "./playbook.ts";

export const DEFAULT_QUESTIONS: PlaybookContent["questions"] = {
  situation: [
    {
      fact: "segment",
      wordings: {
        pt: ["Me conta um pouquinho: o que a sua empresa faz?", "Em que ramo vocês atuam?"],
        en: ["Tell me a little about your company: what do you do?", "Which industry are you in?"],
      },
    },
    {
      fact: "currentSolution",
      wordings: {
        pt: [
          "E como vocês cuidam disso hoje: alguma ferramenta, planilha, no manual?",
          "Hoje vocês já usam algum sistema para isso, ou vai mais no jeito de vocês?",
        ],
        en: [
          "How do you handle this today: a tool, a spreadsheet, by hand?",
          "Is there a system in place for this right now, or is it more of a manual thing?",
        ],
      },
    },
    {
      fact: "teamSize",
      wordings: {
        pt: ["Quantas pessoas do time lidam com isso no dia a dia?", "E vocês são em quantos aí na equipe?"],
        en: ["How many people on your team deal with this day to day?", "Roughly how big is the team?"],
      },
    },
  ],
  problem: [
    {
      fact: "problem",
      wordings: {
        pt: [
          "O que mais incomoda no jeito que isso funciona hoje?",
          "Se você pudesse consertar uma coisa só nesse processo, qual seria?",
        ],
        en: [
          "What bothers you most about the way it works today?",
          "If you could fix just one thing in that process, what would it be?",
        ],
      },
    },
  ],
  implication: [
    {
      fact: "implication",
      wordings: {
        pt: [
          "E quando isso acontece, o que vocês acabam perdendo: venda, tempo, cliente?",
          "Qual é o impacto disso no fim do mês, mais ou menos?",
        ],
        en: [
          "And when that happens, what does it end up costing you: sales, time, customers?",
          "What is the impact of that by the end of the month, roughly?",
        ],
      },
    },
  ],
  needPayoff: [
    {
      fact: "desiredOutcome",
      wordings: {
        pt: [
          "Se isso estivesse resolvido, o que mudaria para vocês?",
          "Qual seria o cenário ideal para vocês daqui a alguns meses?",
        ],
        en: [
          "If that were solved, what would change for you?",
          "What would the ideal picture look like a few months from now?",
        ],
      },
    },
  ],
  closing: [
    {
      fact: "name",
      wordings: {
        pt: ["A propósito, como você se chama?", "Com quem eu tenho o prazer de falar?"],
        en: ["By the way, what is your name?", "Who do I have the pleasure of talking to?"],
      },
    },
    {
      fact: "company",
      wordings: {
        pt: ["Qual é o nome da sua empresa?", "E a empresa, como se chama?"],
        en: ["What is your company called?", "And which company is this for?"],
      },
    },
    {
      fact: "decisionMaker",
      wordings: {
        pt: [
          "Essa decisão fica com você, ou tem mais alguém que participa?",
          "Quem costuma bater o martelo nesse tipo de contratação aí?",
        ],
        en: [
          "Is this decision yours to make, or is someone else involved?",
          "Who usually has the final say on something like this?",
        ],
      },
    },
    {
      fact: "monthlyBudget",
      wordings: {
        pt: [
          "Vocês já têm uma ideia de quanto pretendem investir por mês?",
          "Pensando em investimento mensal, qual faixa caberia no orçamento?",
        ],
        en: [
          "Do you have a rough idea of what you plan to invest per month?",
          "Thinking of a monthly budget, which range would work?",
        ],
      },
    },
    {
      fact: "timeline",
      wordings: {
        pt: ["Para quando vocês gostariam de ter isso rodando?", "Tem algum prazo em mente para começar?"],
        en: ["When would you like to have this up and running?", "Is there a date you have in mind to start?"],
      },
    },
  ],
};
