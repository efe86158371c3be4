/**
 * One call to an Evolution server, and what its failure means. The judgement that matters is whether a call may have had an effect
 * although it failed: only then is a send ambiguous.
 */
import { AuthExpired, ConnectorError, RateLimited, Rejected, Unreachable } from "../errors.ts";
import { asObject, type Json, type JsonObject, listAt, parseJson, textAt } from "../json.ts";
import type { Target } from "../types.ts";

export type Call = {
  method: "GET" | "POST" | "DELETE";
  /** With a leading slash; joined to the base URL, which may have a path of its own. */
  path: string;
  body?: JsonObject;
  /** Time that the server is known to take before it answers, in ms. */
  serverTakesMs?: number;
};

const DEFAULT_TIMEOUT_MS = 20_000;
const DEFAULT_RETRY_AFTER_MS = 5_000;

/** Failures before a byte left this machine. */
const NEVER_LEFT = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ENETUNREACH",
  "EHOSTUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/** The answer's JSON. Throws a `ConnectorError`, and nothing else. */
export async function call(target: Target, request: Call): Promise<Json> {
  const response = await requestOnce(target, request);
  const text = await readText(response);
  const answer = parseJson(text);
  if (!response.ok) throw classify(response, asObject(answer), target.now());
  if (answer === undefined) throw new Unreachable({ ambiguous: true, detail: "not JSON", httpStatus: response.status });
  const object = asObject(answer);
  if (object?.error === true) {
    throw new Unreachable({ ambiguous: false, detail: textAt(object, "message") ?? "", httpStatus: response.status });
  }
  return answer;
}

async function requestOnce(target: Target, { method, path, body, serverTakesMs = 0 }: Call): Promise<Response> {
  const headers: Record<string, string> = { apikey: target.token };
  if (body !== undefined) headers["content-type"] = "application/json";
  try {
    return await target.fetch(`${target.baseUrl.replace(/\/+$/, "")}${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      redirect: "error",
      signal: AbortSignal.timeout((target.timeoutMs ?? DEFAULT_TIMEOUT_MS) + serverTakesMs),
    });
  } catch (error) {
    throw toUnreachable(error);
  }
}

async function readText(response: Response): Promise<string> {
  try {
    return await response.text();
  } catch (error) {
    throw toUnreachable(error);
  }
}

/** A guarded `fetch` may refuse an address by a `ConnectorError` of its own. */
function toUnreachable(error: unknown): ConnectorError {
  if (error instanceof ConnectorError) return error;
  const code = causeCode(error);
  return new Unreachable({ ambiguous: !NEVER_LEFT.has(code), detail: code });
}

function causeCode(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const cause = error.cause instanceof Error ? error.cause : error;
  return "code" in cause && typeof cause.code === "string" ? cause.code : cause.name;
}

function classify(response: Response, answer: JsonObject | undefined, now: number): ConnectorError {
  const httpStatus = response.status;
  const retryAfterMs = readRetryAfter(response.headers.get("retry-after"), now);
  const detail = readDetail(answer);
  if (httpStatus === 429) return new RateLimited(retryAfterMs ?? DEFAULT_RETRY_AFTER_MS);
  if (httpStatus === 503) {
    return retryAfterMs === undefined
      ? new Unreachable({ ambiguous: false, detail, httpStatus })
      : new RateLimited(retryAfterMs, httpStatus);
  }
  if (httpStatus >= 500 || httpStatus === 408) return new Unreachable({ ambiguous: true, detail, httpStatus });
  if (httpStatus === 401) return new AuthExpired(httpStatus);
  if (httpStatus === 403) {
    return /already in use/i.test(detail)
      ? new Rejected("name_taken", { detail, httpStatus })
      : new AuthExpired(httpStatus);
  }
  if (httpStatus === 404) {
    return /instance does not exist/i.test(detail)
      ? new AuthExpired(httpStatus)
      : new Rejected("not_found", { detail, httpStatus });
  }
  if (httpStatus === 413) return new Rejected("media_too_large", { detail, httpStatus });
  return classifyBadRequest(answer, detail, httpStatus);
}

/** Evolution says 400 for almost everything, a lost connection to WhatsApp included. */
function classifyBadRequest(answer: JsonObject | undefined, detail: string, httpStatus: number): ConnectorError {
  const missing = listAt(asObject(answer?.response), "message").some((item) => asObject(item)?.exists === false);
  if (missing) return new Rejected("not_on_whatsapp", { httpStatus });
  if (/connection closed|not connected/i.test(detail)) return new Unreachable({ ambiguous: false, detail, httpStatus });
  if (/timed? ?out|connection (lost|terminated)/i.test(detail))
    return new Unreachable({ ambiguous: true, detail, httpStatus });
  if (/message not found/i.test(detail)) return new Rejected("not_found", { detail, httpStatus });
  return new Rejected("invalid_request", { detail, httpStatus });
}

/** `{ response: { message: [...] } }`, in any of the nestings in use. Structured messages name people and are left out. */
function readDetail(answer: JsonObject | undefined): string {
  const message = asObject(answer?.response)?.message ?? answer?.message;
  const lines = Array.isArray(message) ? message.flat(2) : [message];
  return lines.filter((line) => typeof line === "string").join("; ");
}

/** Seconds or an HTTP date, as ms from `now`. */
function readRetryAfter(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  if (/^\d+$/.test(header)) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
