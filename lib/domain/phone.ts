/**
 * Phone identity. A phone is compared as digits with country code and no plus sign. WhatsApp knows many Brazilian mobiles only
 * without the 9th digit, and people write them with it: both forms are one subscriber, and both are looked up before a contact is
 * made. A form is never rewritten in an identity: what the provider wrote is what it must be sent to.
 */
import { type CountryCode, parsePhoneNumberFromString } from "libphonenumber-js";

/** `55`, area code, an optional 9, and eight digits that begin as mobiles did before the 9 came (2 to 5 are landlines). */
const BRAZILIAN_MOBILE = /^(55[1-9][1-9])(9?)([6-9]\d{7})$/;

const LONGEST_E164 = 15;
const SHORTEST_E164 = 7;

/** Digits only, or `null` when what is left cannot be an international number. */
export function phoneDigits(text: string): string | null {
  const digits = text.replace(/\D/g, "");
  return digits.length >= SHORTEST_E164 && digits.length <= LONGEST_E164 ? digits : null;
}

/**
 * All forms under which a subscriber may be known, as digits, the given one first: two for a Brazilian mobile, one for
 * everything else (landlines, 0800 and foreign numbers above all). Empty when the text is no number.
 */
export function phoneVariants(phone: string): string[] {
  const digits = phoneDigits(phone);
  if (digits === null) return [];
  const match = BRAZILIAN_MOBILE.exec(digits);
  if (match === null) return [digits];
  const [, area = "", ninth = "", subscriber = ""] = match;
  return [digits, ninth === "" ? `${area}9${subscriber}` : `${area}${subscriber}`];
}

export function isSamePhone(left: string, right: string): boolean {
  const digits = phoneDigits(right);
  return digits !== null && phoneVariants(left).includes(digits);
}

/** The form that people dial today (Brazilian mobiles with their 9), as digits; for grouping and display, never for sending. */
export function dialledPhone(phone: string): string | null {
  return phoneVariants(phone).toSorted((left, right) => right.length - left.length)[0] ?? null;
}

/** What a person typed, as digits; a number without country code is read as of `country`. `null` when it is no phone number. */
export function parsePhone(typed: string, country: CountryCode = "BR"): string | null {
  const parsed = parsePhoneNumberFromString(typed, country);
  if (parsed?.isValid() === true) return parsed.number.slice(1);
  const digits = phoneDigits(typed);
  if (digits === null) return null;
  const national = country === "BR" && !typed.trim().startsWith("+") ? `55${digits}` : digits;
  return [digits, national].find((candidate) => BRAZILIAN_MOBILE.test(candidate)) ?? null;
}

/** `+55 11 98765-4321`; digits with a plus sign where the plan is not known. Only for people to read. */
export function formatPhone(phone: string): string {
  const dialled = dialledPhone(phone);
  if (dialled === null) return phone;
  return parsePhoneNumberFromString(`+${dialled}`)?.formatInternational() ?? `+${dialled}`;
}
