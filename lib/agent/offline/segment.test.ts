// The lead every seller hopes for says in one breath what the company is and how many work there. Nobody like that is a stranger.
import { describe, expect, test } from "vitest";
import { newQualification } from "../../domain/qualification-state.ts";
import { makeTurn } from "../turn-builder.ts";
import type { Understanding } from "../types.ts";
import { understandOffline } from "./understand.ts";

function read(texts: readonly string[], pending?: string): Understanding {
  const state = pending === undefined ? newQualification() : { ...newQualification(), pending };
  return understandOffline(
    makeTurn(
      texts.map((text) => `lead: ${text}`),
      { state },
    ),
  );
}

function valuesOf(understanding: Understanding, key: string): unknown[] {
  return understanding.facts.filter((fact) => fact.key === key).map((fact) => fact.value);
}

function isStranger({ intents }: Understanding): boolean {
  return intents.some(({ kind }) => kind === "not_a_lead");
}

describe("a lead who says what the company is", () => {
  test.each<[string, string, number]>([
    ["Somos uma distribuidora de alimentos em BH, temos 30 funcionários", "distribuidora de alimentos", 30],
    ["Somos distribuidores de produtos de limpeza, 30 funcionários", "distribuidores de produtos de limpeza", 30],
    ["somos um atacado de bebidas em Contagem com 45 colaboradores", "atacado de bebidas", 45],
    ["temos uma rede de farmácias no interior de SP, 8 lojas e 120 funcionários", "rede de farmácias", 120],
    ["trabalho numa distribuidora de autopeças, somos 12 vendedores", "distribuidora de autopeças", 12],
    ["sou gerente de uma importadora de vinhos, time de 9", "importadora de vinhos", 9],
    [
      "sou comprador de um atacadista de materiais de construção, 25 pessoas",
      "atacadista de materiais de construção",
      25,
    ],
    ["represento uma cooperativa de laticínios, uns 40 funcionários", "cooperativa de laticínios", 40],
    ["nossa empresa é uma indústria de cosméticos, 60 pessoas", "indústria de cosméticos", 60],
    ["faço a gestão de um hotel, 40 funcionários", "hotel", 40],
    ["somos uma agência de marketing, fornecemos serviços para empresas, 11 pessoas", "agência de marketing", 11],
    ["We're a food distributor in Austin with 30 employees", "food distributor", 30],
    ["we are a wholesaler of auto parts, 45 people", "wholesaler of auto parts", 45],
    ["I work at a furniture manufacturer, team of 20", "furniture manufacturer", 20],
    ["we run a chain of pharmacies, 8 stores and 120 employees", "chain of pharmacies", 120],
  ])("%s", (text, segment, teamSize) => {
    const understanding = read([text]);
    expect(isStranger(understanding)).toBe(false);
    expect(valuesOf(understanding, "segment")).toEqual([segment]);
    expect(valuesOf(understanding, "teamSize")).toEqual([teamSize]);
  });

  test.each<[string, number]>([
    ["fazemos entrega de gás para condomínios, temos 10 funcionários", 10],
    ["vendemos material elétrico para construtoras, somos em 14", 14],
    ["a gente fornece hortifruti para restaurantes, 18 pessoas no time", 18],
    ["somos fornecedores de embalagens, 22 funcionários", 22],
    ["minha empresa faz distribuição de medicamentos, equipe de 15", 15],
    ["our company supplies restaurants with produce, 18 of us", 18],
    ["we provide IT support to small companies, 12 people", 12],
  ])("is no stranger either when only the trade's doings are told: %s", (text, teamSize) => {
    const understanding = read([text]);
    expect(isStranger(understanding)).toBe(false);
    expect(understanding.objection).toBeNull();
    expect(valuesOf(understanding, "teamSize")).toEqual([teamSize]);
  });

  test.each([
    "somos fornecedores de embalagens e queríamos apresentar nosso catálogo",
    "represento uma marca de café e gostaria de oferecer nossos produtos",
    "oferecemos SEO para a sua empresa",
    "we help companies like yours get more traffic",
    "tem entrega de gás hoje?",
  ])("is told apart from who sells to us or wants another shop: %s", (text) => {
    expect(isStranger(read([text]))).toBe(true);
  });

  test.each([
    ["nobody's company", "vocês atendem distribuidora de alimentos?"],
    ["the lead's customers", "we supply restaurants"],
    ["a place", "somos uma empresa de BH"],
  ])("has no trade read out of %s", (_, text) => {
    expect(valuesOf(read([text]), "segment")).toEqual([]);
  });
});

describe("a count of anything but people", () => {
  test.each([
    "somos em 3 filiais",
    "somos 4 lojas",
    "somos um grupo de 5 empresas",
    "temos 2 CNPJs e 6 galpões",
    "somos em 12 pontos de venda",
    "temos 40 caminhões",
    "we are 3 branches",
    "we have 2 warehouses and 15 trucks",
  ])("is no size of a team: %s", (text) => {
    expect(valuesOf(read([text]), "teamSize")).toEqual([]);
    expect(valuesOf(read([text], "teamSize"), "teamSize")).toEqual([]);
  });
});

describe("a count of people and of some of them", () => {
  test.each([
    ["Uns 120, com 14 motoristas", 120],
    ["80 pessoas, sendo 12 vendedores", 80],
    ["45, of which 6 reps", 45],
    ["3 sócios com 14 funcionários", 17],
  ])("is the size of them all: %s", (text, teamSize) => {
    expect(valuesOf(read([text], "teamSize"), "teamSize")).toEqual([teamSize]);
  });
});

test.each([
  ["Quem decide é a diretoria, eu sou gerente de logística", "gerente de logística"],
  ["sou diretora de engenharia", "diretora de engenharia"],
])("a department is part of the job and no trade: %s", (text, role) => {
  const understanding = read([text], "decisionMaker");
  expect(valuesOf(understanding, "segment")).toEqual([]);
  expect(valuesOf(understanding, "role")).toEqual([role]);
});

describe("a pending question", () => {
  const COMPANY = "Somos uma distribuidora de alimentos em BH, temos 30 funcionários";
  const PROBLEM = "perdemos pedido no WhatsApp toda semana";

  test.each(["segment", "problem", "currentSolution", "company"])(
    "about %s swallows neither the company nor what hurts, in whatever order they come",
    (goal) => {
      for (const texts of [
        [COMPANY, PROBLEM],
        [PROBLEM, COMPANY],
      ]) {
        const understanding = read(texts, goal);
        expect(valuesOf(understanding, "segment")).toEqual(["distribuidora de alimentos"]);
        expect(valuesOf(understanding, "teamSize")).toEqual([30]);
        expect(valuesOf(understanding, "problem")).toEqual([PROBLEM]);
      }
    },
  );

  test("about the trade takes a trade in any words, and no complaint for one", () => {
    expect(valuesOf(read(["conserto de elevadores"], "segment"), "segment")).toEqual(["conserto de elevadores"]);
    expect(valuesOf(read([PROBLEM], "segment"), "segment")).toEqual([]);
  });
});
