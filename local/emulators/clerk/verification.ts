import { badField, refused } from "./errors.ts";
import type { Verification } from "./state.ts";
import type { ClerkStore } from "./store.ts";

/** The code in every mail, like in Clerk's own test mode. */
export const TEST_CODE = "424242";
const LIFETIME_MS = 10 * 60 * 1000;
const MAX_ATTEMPTS = 3;

/** "Mails" a new code and returns the verification that waits for it. */
export function sendCode({ store, to, strategy }: { store: ClerkStore; to: string; strategy: string }): Verification {
  const subject = strategy === "reset_password_email_code" ? "reset password code" : "verification code";
  store.mail({ to, subject: `${TEST_CODE} is your ${subject}`, code: TEST_CODE, url: null });
  return { strategy, status: "unverified", attempts: 0, expireAt: store.now() + LIFETIME_MS };
}

/** Counts one attempt and marks the verification as verified, or throws what Clerk answers: 422 for a wrong code, 400 for a dead one. */
export function attemptCode({
  store,
  verification,
  code,
}: {
  store: ClerkStore;
  verification: Verification | null;
  code: string;
}): void {
  if (!verification) {
    throw refused(
      "verification_missing",
      "This strategy requires verification preparation before attempting to validate it.",
    );
  }
  if (verification.status === "verified")
    throw refused("verification_already_verified", "This verification has already been verified.");
  if (verification.expireAt <= store.now()) {
    throw refused("verification_expired", "This verification has expired. You must create a new one.");
  }
  if (verification.status === "failed") throw tooManyAttempts();
  verification.attempts += 1;
  store.changed();
  if (code === TEST_CODE) {
    verification.status = "verified";
    return;
  }
  if (verification.attempts < MAX_ATTEMPTS)
    throw badField({ field: "code", code: "form_code_incorrect", message: "Incorrect code" });
  verification.status = "failed";
  throw tooManyAttempts();
}

function tooManyAttempts() {
  return refused(
    "verification_failed",
    "Too many failed attempts. You have to try again with the same or another method.",
  );
}

export function renderVerification(verification: Verification) {
  return {
    object: "verification",
    id: `ver_${verification.expireAt}`,
    status: verification.status,
    strategy: verification.strategy,
    attempts: verification.attempts,
    expire_at: verification.expireAt,
    error: null,
  };
}
