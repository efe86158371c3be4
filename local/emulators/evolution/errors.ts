const NAMES: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  429: "Too Many Requests",
  500: "Internal Server Error",
  503: "Service Unavailable",
};

/** An answer that is no success, in Evolution's words. `message` is a text, or a list of texts or objects. */
export class EvolutionError extends Error {
  readonly status: number;
  readonly answer: unknown;

  constructor(status: number, answer: unknown) {
    super(`Evolution answers ${status}`);
    this.status = status;
    this.answer = answer;
  }
}

export function badRequest(...messages: unknown[]): EvolutionError {
  return new EvolutionError(400, messages);
}

/** `{ status, error, response: { message } }`, as Evolution writes every error. */
export function renderEvolutionError({ status, answer }: EvolutionError): Response {
  const body = { status, error: NAMES[status] ?? "Error", response: { message: answer } };
  return Response.json(body, { status });
}
