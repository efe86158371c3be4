import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dialledPhone, formatPhone, isSamePhone, parsePhone, phoneDigits, phoneVariants } from "./phone.ts";

const areaCode = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })).map((pair) => pair.join(""));
const subscriber = fc
  .tuple(fc.integer({ min: 6, max: 9 }), fc.integer({ min: 0, max: 9_999_999 }))
  .map(([first, rest]) => `${first}${String(rest).padStart(7, "0")}`);
const mobile = fc
  .record({ areaCode, subscriber, ninth: fc.boolean() })
  .map(({ areaCode, subscriber, ninth }) => `55${areaCode}${ninth ? "9" : ""}${subscriber}`);

describe("both forms of a Brazilian mobile are one subscriber", () => {
  test.each([
    ["5521987001234", ["5521987001234", "552187001234"]],
    ["552187001234", ["552187001234", "5521987001234"]],
    ["+55 (21) 98700-1234", ["5521987001234", "552187001234"]],
    ["5562966661234", ["5562966661234", "556266661234"]],
  ])("%s", (phone, variants) => {
    expect(phoneVariants(phone)).toEqual(variants);
  });

  test("law: a form's variants are the variants of each of them", () => {
    fc.assert(
      fc.property(mobile, (phone) => {
        const variants = phoneVariants(phone);
        expect(variants).toHaveLength(2);
        for (const variant of variants) expect(phoneVariants(variant).toSorted()).toEqual(variants.toSorted());
      }),
    );
  });

  test("law: same-phone is reflexive and symmetric, and the dialled form is one for both", () => {
    fc.assert(
      fc.property(mobile, mobile, (left, right) => {
        expect(isSamePhone(left, left)).toBe(true);
        expect(isSamePhone(left, right)).toBe(isSamePhone(right, left));
        expect(dialledPhone(left) === dialledPhone(right)).toBe(isSamePhone(left, right));
      }),
    );
  });
});

describe("nothing else has a second form", () => {
  test.each([
    ["a landline of São Paulo", "551132654000"],
    ["a landline whose number has a 9 inside", "552125999999"],
    ["a mobile whose short form would be a landline", "5511943215678"],
    ["0800", "5508007001234"],
    ["4004", "5540041234"],
    ["an area code with a zero", "5510987001234"],
    ["a number of the United States", "14155550123"],
    ["a Portuguese mobile", "351912345678"],
    ["an Argentine mobile", "5491150001234"],
  ])("%s", (_what, phone) => {
    expect(phoneVariants(phone)).toEqual([phone]);
  });

  test("law: a Brazilian landline is never given a 9", () => {
    const landline = fc
      .tuple(areaCode, fc.integer({ min: 2, max: 5 }), fc.integer({ min: 0, max: 9_999_999 }))
      .map(([area, first, rest]) => `55${area}${first}${String(rest).padStart(7, "0")}`);
    fc.assert(
      fc.property(landline, (phone) => {
        expect(phoneVariants(phone)).toEqual([phone]);
      }),
    );
  });
});

describe("what is not a number has no form", () => {
  test.each(["", "oi", "123", "1203630000000000031", "+"])("%j", (text) => {
    expect(phoneDigits(text)).toBeNull();
    expect(phoneVariants(text)).toEqual([]);
    expect(dialledPhone(text)).toBeNull();
    expect(isSamePhone(text, text)).toBe(false);
  });
});

describe("what people type", () => {
  test.each([
    ["(21) 98700-1234", "5521987001234"],
    ["21 8700-1234", "552187001234"],
    ["+55 21 8700-1234", "552187001234"],
    ["5521987001234", "5521987001234"],
    ["(11) 3265-4000", "551132654000"],
    ["+1 213 373 4253", "12133734253"],
    ["99", null],
    ["vendas@exemplo.com", null],
  ])("%s is read as %s", (typed, digits) => {
    expect(parsePhone(typed)).toBe(digits);
  });

  test("a number without country code is read as of the given country", () => {
    expect(parsePhone("912 345 678", "PT")).toBe("351912345678");
    expect(parsePhone("8700-1234", "PT")).toBeNull();
  });
});

describe("what people read", () => {
  test.each([
    ["552187001234", "+55 21 98700 1234"],
    ["5521987001234", "+55 21 98700 1234"],
    ["551132654000", "+55 11 3265 4000"],
    ["12133734253", "+1 213 373 4253"],
    ["9990000001", "+9990000001"],
    ["sem número", "sem número"],
  ])("%s is shown as %s", (phone, shown) => {
    expect(formatPhone(phone).replaceAll("-", " ")).toBe(shown);
  });
});
