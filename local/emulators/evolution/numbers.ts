import { phoneVariants } from "../../../lib/domain/phone.ts";

const PHONE_SERVER = "@s.whatsapp.net";
const FIRST_AREA_WITHOUT_NINTH_DIGIT = 31;

/**
 * The JID that Evolution makes of a `number`: whole JIDs stay (without a device), 18 digits or more are a group, Mexican and Argentine
 * numbers lose their third digit, and Brazilian mobiles lose the 9 in area codes from 31 on when the next digit is 7 or more.
 */
export function createJid(number: string): string {
  const plain = number.replace(/:\d+/, "");
  if (/@(g\.us|s\.whatsapp\.net|lid|broadcast)/.test(plain)) return plain;
  const [user = ""] = plain.split("@");
  if (user.includes("-") && user.length >= 23) return `${user.replace(/[^\d-]/g, "")}@g.us`;
  const digits = user.replace(/\D/g, "");
  if (digits.length >= 18) return `${digits}@g.us`;
  return `${withoutNinthDigit(withoutThirdDigit(digits))}${PHONE_SERVER}`;
}

export function toPhoneJid(phone: string): string {
  return `${phone}${PHONE_SERVER}`;
}

/** Digits of a phone JID; `null` for anything else. */
export function phoneOf(jid: string): string | null {
  return jid.endsWith(PHONE_SERVER) ? jid.slice(0, -PHONE_SERVER.length) : null;
}

/** No number that ends in 0000 is on WhatsApp here: so that a test can meet one. */
export function isOnWhatsApp(phone: string): boolean {
  return phone.length >= 8 && !phone.endsWith("0000");
}

/** A LID that is always the same for a phone, and says nothing about it. */
export function makeLid(phone: string): string {
  let mixed = 7n;
  for (const digit of phone)
    mixed = (mixed * 1_103_515_245n + BigInt(digit) * 12_345n + 99_991n) % 900_000_000_000_000n;
  return `${100_000_000_000_000n + mixed}@lid`;
}

export function isSameSubscriber(left: string, right: string): boolean {
  return phoneVariants(left).includes(right);
}

function withoutThirdDigit(digits: string): string {
  return digits.length === 13 && /^5[24]/.test(digits) ? digits.slice(0, 2) + digits.slice(3) : digits;
}

function withoutNinthDigit(digits: string): string {
  const match = /^55(\d{2})\d([7-9]\d{7})$/.exec(digits);
  if (match === null) return digits;
  const [, area = "", subscriber = ""] = match;
  return Number(area) < FIRST_AREA_WITHOUT_NINTH_DIGIT ? digits : `55${area}${subscriber}`;
}
