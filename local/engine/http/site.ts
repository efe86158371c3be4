/** HTTP actions: every request goes to the app's router as it came, and the answer goes back as it was made. */
import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { AuthFailure } from "../auth/auth-failure.ts";
import { ANONYMOUS, type Authenticator, type Caller } from "../auth/caller.ts";
import { newRequestId } from "../request.ts";
import type { EngineCalls } from "../types.ts";
import { HttpFailure } from "./answers.ts";
import { BODY_LIMIT_BYTES, readBody } from "./body.ts";
import { peerOf } from "./peer.ts";

/** What a request gets for which the app has no route. */
export function noMatchingRoute(): Response {
  return new Response("No matching routes found", { status: 404 });
}

/** `target` is path and query as the app's router knows them. Throws `HttpFailure` for a body that is too large. */
export async function serveHttpAction(
  { engine, authenticator }: { engine: EngineCalls; authenticator: Authenticator },
  { request, response, target }: { request: IncomingMessage; response: ServerResponse; target: string },
): Promise<void> {
  const { identity, token: authToken } = await callerOf(request, authenticator);
  const webRequest = await toWebRequest(request, target);
  const answer = () => engine.runHttpAction(webRequest, identity, { ...peerOf(request), authToken });
  await writeWebResponse(await answerOf(answer), request, response);
}

/** The header may be meant for the app alone: a token that does not verify makes a caller without identity. */
async function callerOf(request: IncomingMessage, authenticator: Authenticator): Promise<Caller> {
  try {
    return await authenticator.header(request.headers.authorization);
  } catch (error) {
    if (error instanceof AuthFailure) return ANONYMOUS;
    throw error;
  }
}

async function answerOf(run: () => Promise<Response>): Promise<Response> {
  try {
    return await run();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const code = message.startsWith("[Request ID:")
      ? message
      : `[Request ID: ${newRequestId()}] Server Error: ${message}`;
    const trace = error instanceof Error ? (error.stack ?? message) : message;
    const data = error instanceof Error && "data" in error ? error.data : undefined;
    return Response.json({ code, trace, data }, { status: 500 });
  }
}

async function toWebRequest(request: IncomingMessage, target: string): Promise<Request> {
  const { method = "GET" } = request;
  const url = urlOf(request, target);
  const webHeaders = new Headers();
  for (const [name, values = []] of Object.entries(request.headersDistinct)) {
    for (const value of values) webHeaders.append(name, value);
  }
  const hasBody = method !== "GET" && method !== "HEAD";
  const body = await readBody(request, BODY_LIMIT_BYTES);
  // Web requests do not have these.
  if (method === "TRACE" || method === "CONNECT") {
    throw new HttpFailure(405, "MethodNotAllowed", `HTTP actions cannot answer ${method}`);
  }
  return new Request(url, {
    method,
    headers: webHeaders,
    ...(hasBody && body.length > 0 ? { body } : {}),
  });
}

function urlOf({ headers }: IncomingMessage, target: string): URL {
  const url = URL.parse(`http://${headers.host ?? "127.0.0.1"}`);
  if (url === null) throw new HttpFailure(400, "BadRequest", "The request's Host header is not valid");
  // Set apart from the host: a target such as `//other/path` must not name another one.
  const question = target.indexOf("?");
  url.pathname = question === -1 ? target : target.slice(0, question);
  url.search = question === -1 ? "" : target.slice(question);
  return url;
}

async function writeWebResponse(from: Response, request: IncomingMessage, to: ServerResponse): Promise<void> {
  const cookies = from.headers.getSetCookie();
  to.writeHead(from.status, {
    ...Object.fromEntries(from.headers),
    ...(cookies.length > 0 ? { "set-cookie": cookies } : {}),
  });
  if (request.method === "HEAD" || !from.body) {
    await from.body?.cancel();
    to.end();
    return;
  }
  await pump(from.body.getReader(), to);
}

/** Passes chunks on as they are made, as fast as the peer takes them; a peer that leaves ends the reading. */
async function pump(reader: ReadableStreamDefaultReader<Uint8Array>, to: ServerResponse): Promise<void> {
  if (to.destroyed) return reader.cancel();
  // Not after the next chunk: there may never be one.
  const left = once(to, "close")
    .then(() => reader.cancel())
    .catch(() => undefined);
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      if (!to.write(next.value)) await Promise.race([once(to, "drain"), left]);
    }
    to.end();
  } catch {
    // The head is out: all that is left to say is that the body is incomplete.
    to.destroy();
  }
}
