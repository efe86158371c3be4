import { phoneVariants } from "./phone.ts";

/** What a contact is found by: name without accents, and the phone in every form that people type. */
export function foldForSearch({ name, phone }: { name?: string | undefined; phone?: string | undefined }): string {
  return [fold(name ?? ""), ...phoneForms(phone)].filter((part) => part !== "").join(" ");
}

/** A query in the same form: a phone that is typed with spaces and signs is one word. */
export function foldQuery(typed: string): string {
  const digits = typed.replace(/\D/g, "");
  const isPhone = digits.length >= 3 && !/\p{L}/u.test(typed);
  return isPhone ? digits : fold(typed);
}

function fold(text: string): string {
  return text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase().trim();
}

/** With and without country code and area code: a search matches from the start of a word. */
function phoneForms(phone: string | undefined): string[] {
  if (phone === undefined) return [];
  const whole = phoneVariants(phone);
  const national = whole.filter((digits) => digits.startsWith("55")).map((digits) => digits.slice(2));
  return [...new Set([...whole, ...national, ...national.map((digits) => digits.slice(2))])];
}
