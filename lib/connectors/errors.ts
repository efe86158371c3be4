/**
 * The four ways in which a call to a provider fails, by what the caller must do about it. Anything else that a connector throws
 * is a bug. Messages never hold a token, an address or the words of a conversation.
 */
export abstract class ConnectorError extends Error {
  /** HTTP status that the provider answered with; absent when there was no answer. */
  readonly httpStatus: number | undefined;
  constructor(message: string, httpStatus?: number) {
    super(message);
    this.httpStatus = httpStatus;
  }
}

/** Try the same call again, not before `retryAfterMs` from now. The provider did nothing. */
export class RateLimited extends ConnectorError {
  override readonly name = "RateLimited";
  readonly retryAfterMs: number;
  constructor(retryAfterMs: number, httpStatus = 429) {
    super(`the provider asks to wait ${retryAfterMs} ms`, httpStatus);
    this.retryAfterMs = retryAfterMs;
  }
}

/** The credential, the pairing or the account itself is gone: only a person who connects again can help. Retrying is useless. */
export class AuthExpired extends ConnectorError {
  override readonly name = "AuthExpired";
  constructor(httpStatus?: number) {
    super("the provider no longer accepts this connection", httpStatus);
  }
}

/** Final for this message; the same bytes would fail again. `detail` is the provider's own words, shortened. */
export class Rejected extends ConnectorError {
  override readonly name = "Rejected";
  readonly reason: RejectionReason;
  readonly detail: string | undefined;
  constructor(reason: RejectionReason, facts: { detail?: string; httpStatus?: number } = {}) {
    super(`the provider refused: ${reason}`, facts.httpStatus);
    this.reason = reason;
    this.detail = facts.detail?.slice(0, 300);
  }
}

export type RejectionReason = "not_on_whatsapp" | "name_taken" | "not_found" | "invalid_request" | "media_too_large";

/**
 * No usable answer. `ambiguous: false`: the request certainly had no effect, retry freely. `ambiguous: true`: it may have
 * arrived, so a send must be looked up before anyone repeats it.
 */
export class Unreachable extends ConnectorError {
  override readonly name = "Unreachable";
  readonly ambiguous: boolean;
  readonly detail: string | undefined;
  constructor(facts: { ambiguous: boolean; detail?: string; httpStatus?: number }) {
    super(facts.ambiguous ? "no answer: the request may have arrived" : "the request had no effect", facts.httpStatus);
    this.ambiguous = facts.ambiguous;
    this.detail = facts.detail?.slice(0, 300);
  }
}
