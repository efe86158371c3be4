import { describe, expect, it } from "vitest";
import { foldForSearch, foldQuery } from "./search-text.ts";

describe("what a contact is found by", () => {
  it.each([
    { contact: { name: "João D'Ávila" }, text: "joao d'avila" },
    { contact: { name: undefined, phone: undefined }, text: "" },
    { contact: { phone: "447700900123" }, text: "447700900123" },
    { contact: { phone: "551133334444" }, text: "551133334444 1133334444 33334444" },
    {
      contact: { name: "Ana", phone: "551187654321" },
      text: "ana 551187654321 5511987654321 1187654321 11987654321 87654321 987654321",
    },
  ])("$contact is $text", ({ contact, text }) => {
    expect(foldForSearch(contact)).toBe(text);
  });

  it.each([
    { typed: " João ", query: "joao" },
    { typed: "+55 (11) 98765-4321", query: "5511987654321" },
    { typed: "98765", query: "98765" },
    { typed: "12", query: "12" },
    { typed: "Sala 1234", query: "sala 1234" },
    { typed: "  ", query: "" },
  ])("$typed asks for $query", ({ typed, query }) => {
    expect(foldQuery(typed)).toBe(query);
  });

  it("every form in which people type a Brazilian mobile begins a word of what it is found by", () => {
    const words = foldForSearch({ phone: "5511987654321" }).split(" ");
    for (const typed of [
      "+55 11 98765-4321",
      "11 98765-4321",
      "(11) 8765-4321",
      "98765-4321",
      "8765 4321",
      "11 9876",
    ]) {
      expect(words.some((word) => word.startsWith(foldQuery(typed)))).toBe(true);
    }
  });
});
