/** How the HTTP doors answer: JSON, CORS for browsers on other origins, and failures as `{code, message}`. */
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";

/** A request, what answers it, and what stands behind its question mark. */
export type Exchange = { request: IncomingMessage; response: ServerResponse; query: URLSearchParams };

/** A request that is refused with this status. */
export class HttpFailure extends Error {
  override readonly name = "HttpFailure";
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Credentials are allowed, so the origin has to be echoed: `*` would not do. */
export function corsHeaders(request: IncomingMessage): OutgoingHttpHeaders {
  const { origin } = request.headers;
  if (origin === undefined) return { vary: "Origin" };
  return {
    "access-control-allow-origin": origin,
    "access-control-allow-credentials": "true",
    vary: "Origin",
  };
}

export function answerPreflight(request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, {
    ...corsHeaders(request),
    "access-control-allow-methods": "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS",
    "access-control-allow-headers": request.headers["access-control-request-headers"] ?? "*",
    "access-control-max-age": "86400",
  });
  response.end();
}

/** `json` is text already. */
export function answerJson(request: IncomingMessage, response: ServerResponse, status: number, json: string): void {
  response.writeHead(status, { ...corsHeaders(request), "content-type": "application/json" });
  response.end(json);
}

export function answerText(request: IncomingMessage, response: ServerResponse, text: string): void {
  response.writeHead(200, { ...corsHeaders(request), "content-type": "text/plain; charset=utf-8" });
  response.end(text);
}

/** What is still to come of the request's body is read and thrown away: closing now could lose the answer on its way. */
export function answerFailure(request: IncomingMessage, response: ServerResponse, failure: HttpFailure): void {
  request.resume();
  const { status, code, message } = failure;
  answerJson(request, response, status, JSON.stringify({ code, message }));
}
