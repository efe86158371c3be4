/** What went wrong at a provider, in codes and facts that the interface has words for. */
import { AuthExpired, RateLimited, Rejected, Unreachable } from "../../lib/connectors/errors.ts";
import { fail } from "../../lib/errors.ts";

/** Runs a call to the provider; throws what `explain` makes of its failure. */
export async function told<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    return explain(error);
  }
}

/** Never returns. What is not a connector's error is thrown as it is. */
export function explain(error: unknown): never {
  if (error instanceof RateLimited) return fail("rate_limited", { retryAfterMs: error.retryAfterMs });
  if (error instanceof AuthExpired) {
    return error.httpStatus === 404
      ? fail("invalid", { field: "account", reason: "missing" })
      : fail("invalid", { field: "key", reason: "refused" });
  }
  if (error instanceof Rejected && error.reason === "name_taken") return fail("conflict", { what: "account" });
  if (error instanceof Rejected && error.reason === "not_found")
    return fail("invalid", { field: "baseUrl", reason: "other_server" });
  if (error instanceof Rejected) return fail("invalid", { field: "account", reason: error.reason });
  if (error instanceof Unreachable) return explainSilence(error);
  throw error;
}

function explainSilence({ detail }: Unreachable): never {
  if (detail === "not JSON") return fail("invalid", { field: "baseUrl", reason: "other_server" });
  const reasons: Readonly<Record<string, string>> = {
    "refused: not a public address": "private_address",
    "refused: no such host": "unknown_host",
    ENOTFOUND: "unknown_host",
    EAI_AGAIN: "unknown_host",
  };
  return fail("unavailable", { what: "provider", reason: reasons[detail ?? ""] ?? "silent" });
}
