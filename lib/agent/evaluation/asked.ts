// What the agent is asking, as a lead would understand it from the words alone. Shares nothing with the agent's own code,
// so that a question nobody could make sense of gets no answer.

const CUES: readonly { topic: string; cues: RegExp }[] = [
  {
    topic: "meeting",
    cues: /dia e hor|melhor (dia|hor|per)|que (dia|hor)|per[ií]odo fica|um dia e um|day and time|which day|what day|a day and a|part of the day/i,
  },
  {
    topic: "name",
    cues: /voc[eê] se chama|seu nome|com quem (eu )?(falo|tenho)|your name|who do i have|pleasure of talking/i,
  },
  { topic: "company", cues: /nome da sua empresa|a empresa, como|your company called|which company/i },
  { topic: "decisionMaker", cues: /decis[ãa]o fica|bater o martelo|quem decide|decision yours|final say|who decides/i },
  {
    topic: "monthlyBudget",
    cues: /investir por m[eê]s|caberia no or[cç]amento|investimento mensal|invest per month|monthly budget/i,
  },
  { topic: "teamSize", cues: /quantas pessoas|em quantos|how many people|how big is the team|roughly how big/i },
  {
    topic: "currentSolution",
    cues: /cuidam disso hoje|usam algum|j[áa] usam|organizam os atendimentos|ferramenta voc[eê]s usam|handle this today|in place for this|keep track of conv|which tool/i,
  },
  { topic: "segment", cues: /empresa faz|que ramo|what do you do|which industry/i },
  { topic: "implication", cues: /acabam perdendo|impacto disso|costing you|impact of that/i },
  { topic: "desiredOutcome", cues: /estivesse resolvido|cen[áa]rio ideal|were solved|ideal picture/i },
  { topic: "problem", cues: /mais incomoda|consertar uma coisa|bothers you|fix just one/i },
  { topic: "timeline", cues: /para quando|algum prazo|when would you like|date you have in mind/i },
];

/** Topic of the question in what the agent said; null when there is none that a lead could name. */
export function askedTopic(messages: readonly string[]): string | null {
  const question = messages.findLast((message) => message.includes("?"));
  if (question === undefined) return null;
  return CUES.find(({ cues }) => cues.test(question))?.topic ?? null;
}
