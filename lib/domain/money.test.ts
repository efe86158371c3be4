import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatMoney, isSameMoney, parseAmount, parseMoney } from "./money.ts";

function firstOf(text: string, currency = "BRL") {
  const mention = parseMoney(text, currency)[0];
  return mention
    ? { ...mention.money, quote: text.slice(mention.start, mention.end), explicit: mention.explicitCurrency }
    : null;
}

describe("amounts as people write them", () => {
  test.each<[string, number]>([
    ["1500", 1_500],
    ["1.500", 1_500],
    ["1,500", 1_500],
    ["1.500,00", 1_500],
    ["1,500.00", 1_500],
    ["1.234.567", 1_234_567],
    ["1.234.567,89", 1_234_567.89],
    ["1,5", 1.5],
    ["1.5", 1.5],
    ["0,99", 0.99],
    ["12.", 12],
    ["7", 7],
  ])("%s is %d", (written, amount) => {
    expect(parseAmount(written)).toBe(amount);
  });

  test.each(["", "abc", ",5", "R$ 5", "-3"])("%j is no amount", (written) => {
    expect(parseAmount(written)).toBeNull();
  });
});

describe("money in a message", () => {
  test.each<[string, number, string, boolean, string]>([
    ["uns R$ 2.000 por mês", 200_000, "BRL", true, "R$ 2.000"],
    ["R$ 1.290,50", 129_050, "BRL", true, "R$ 1.290,50"],
    ["rs 300", 30_000, "BRL", true, "rs 300"],
    ["5 mil reais", 500_000, "BRL", true, "5 mil reais"],
    ["5k", 500_000, "BRL", false, "5k"],
    ["até 1,5 mil", 150_000, "BRL", false, "1,5 mil"],
    ["2 milhões", 200_000_000, "BRL", false, "2 milhões"],
    ["uns 800 conto", 80_000, "BRL", true, "800 conto"],
    ["US$ 600", 60_000, "USD", true, "US$ 600"],
    ["$5,000 a month", 500_000, "USD", true, "$5,000"],
    ["600 dollars", 60_000, "USD", true, "600 dollars"],
    ["€ 40", 4_000, "EUR", true, "€ 40"],
    ["900 euros", 90_000, "EUR", true, "900 euros"],
    ["£20", 2_000, "GBP", true, "£20"],
  ])("%s", (text, amountCents, currency, explicit, quote) => {
    expect(firstOf(text)).toEqual({ amountCents, currency, explicit, quote });
  });

  test("a bare number takes the currency of the organization and says that it was not written", () => {
    expect(firstOf("1500", "USD")).toEqual({ amountCents: 150_000, currency: "USD", explicit: false, quote: "1500" });
  });

  test("every amount of a message is found, in order", () => {
    expect(parseMoney("entre R$ 500 e R$ 1.000", "BRL").map((mention) => mention.money.amountCents)).toEqual([
      50_000, 100_000,
    ]);
  });

  test("a scale must end its word: 5 meses is no 5 million", () => {
    expect(firstOf("5 meses")).toMatchObject({ amountCents: 500, quote: "5" });
    expect(firstOf("10 milhas")).toMatchObject({ amountCents: 1_000, quote: "10" });
  });

  test("digits inside a word or behind one are no amount", () => {
    expect(parseMoney("plano A4 e b2b", "BRL")).toEqual([]);
  });

  test("the quote is always a part of the text", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        for (const mention of parseMoney(text, "BRL")) {
          expect(mention.start).toBeLessThan(mention.end);
          expect(mention.end).toBeLessThanOrEqual(text.length);
          expect(Number.isInteger(mention.money.amountCents)).toBe(true);
        }
      }),
    );
  });
});

describe("money in words of a locale", () => {
  test.each<[number, string, string, string]>([
    [49_000, "BRL", "pt-BR", "R$ 490"],
    [129_050, "BRL", "pt-BR", "R$ 1.290,50"],
    [150_000, "USD", "en-US", "$1,500"],
    [99, "USD", "en-US", "$0.99"],
    [0, "BRL", "pt-BR", "R$ 0"],
  ])("%d %s in %s is %s", (amountCents, currency, locale, text) => {
    expect(formatMoney({ amountCents, currency }, locale)).toBe(text);
  });

  test("what is formatted for Brazil or the United States reads back as the same money", () => {
    const markets = fc.constantFrom({ locale: "pt-BR", currency: "BRL" }, { locale: "en-US", currency: "USD" });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000_000 }), markets, (amountCents, { locale, currency }) => {
        const money = { amountCents, currency };
        const read = parseMoney(formatMoney(money, locale), "GBP")[0]?.money;
        expect(read).toEqual(money);
      }),
    );
  });
});

test("the same number in another currency is other money", () => {
  const real = { amountCents: 100, currency: "BRL" };
  expect(isSameMoney(real, { ...real })).toBe(true);
  expect(isSameMoney(real, { ...real, currency: "USD" })).toBe(false);
  expect(isSameMoney(real, { ...real, amountCents: 101 })).toBe(false);
});
