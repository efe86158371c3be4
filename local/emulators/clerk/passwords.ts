import { randomBytes, scryptSync, timingSafeEqual } from "node:crypto";
import { badField } from "./errors.ts";
import type { PasswordRecord } from "./state.ts";

export const MIN_PASSWORD_LENGTH = 8;
export const MAX_PASSWORD_LENGTH = 72;
/** Stands in for the breach list that Clerk asks: enough to see the refusal in the browser. */
const BREACHED = new Set([
  "password",
  "password1",
  "password123",
  "12345678",
  "123456789",
  "qwertyuiop",
  "11111111",
  "iloveyou1",
]);
/** Cheap on purpose: these are passwords of a development machine, and tests hash many. */
const SCRYPT = { N: 1024, r: 8, p: 1 };

/** Hashes a new password. Throws Clerk's 422 when it is too short, too long or known from a breach; `field` names the form's field. */
export function hashPassword(password: string, field = "password"): PasswordRecord {
  requireAcceptable(password, field);
  const salt = randomBytes(16).toString("hex");
  return { salt, hash: derive(password, salt) };
}

export function isPassword(record: PasswordRecord, attempt: string): boolean {
  return timingSafeEqual(Buffer.from(record.hash), Buffer.from(derive(attempt, record.salt)));
}

function requireAcceptable(password: string, field: string): void {
  if (password.length < MIN_PASSWORD_LENGTH) {
    const message = `Passwords must be ${MIN_PASSWORD_LENGTH} characters or more.`;
    throw badField({ field, code: "form_password_length_too_short", message });
  }
  if (password.length > MAX_PASSWORD_LENGTH) {
    const message = `Passwords must be ${MAX_PASSWORD_LENGTH} characters or less.`;
    throw badField({ field, code: "form_password_length_too_long", message });
  }
  if (BREACHED.has(password.toLowerCase())) {
    const message =
      "Password has been found in an online data breach. For account safety, please use a different password.";
    throw badField({ field, code: "form_password_pwned", message });
  }
}

function derive(password: string, salt: string): string {
  return scryptSync(password, salt, 32, SCRYPT).toString("hex");
}
