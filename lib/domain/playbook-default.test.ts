import { describe, expect, it } from "vitest";
import { defaultPlaybook } from "./playbook-default.ts";

const firstRun = { company: " Nexo ", sells: "Software de vendas", tone: "warm", timezone: "America/Recife" } as const;

function criteriaOf(locale: string): string[] {
  return defaultPlaybook({ ...firstRun, locale }).criteria.map(({ label }) => label);
}

describe("the first playbook", () => {
  it("names what it scores by in the language of whoever signed up", () => {
    expect(criteriaOf("pt-BR")).toContain("Decide a compra");
    expect(criteriaOf("en-US")).toContain("Decision maker");
    expect(criteriaOf("es-MX")).toContain("Decide la compra");
  });

  it("scores by the same facts in every language", () => {
    const factsOf = (locale: string) => defaultPlaybook({ ...firstRun, locale }).criteria.map(({ fact }) => fact);
    expect(factsOf("en")).toEqual(factsOf("pt-BR"));
    expect(factsOf("es")).toEqual(factsOf("pt-BR"));
  });

  it("says what is sold as a sentence, and the company without the blanks around it", () => {
    const { company, offer } = defaultPlaybook({ ...firstRun, locale: "pt-BR" });
    expect([company.name, offer.summary]).toEqual(["Nexo", { pt: "Software de vendas." }]);
  });
});
