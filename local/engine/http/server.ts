/** The engine's two ports: deployment API with sync sockets on one, the app's HTTP actions alone on the other. */
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AdminCalls } from "../admin/admin-calls.ts";
import { AuthFailure } from "../auth/auth-failure.ts";
import { type Authenticator, createAuthenticator } from "../auth/caller.ts";
import { rememberTokens } from "../auth/known-tokens.ts";
import { createVerifier } from "../auth/providers.ts";
import { DeveloperError } from "../errors.ts";
import { isInspectorPath, serveInspector } from "../inspector/door.ts";
import { ProtocolError } from "../sync/protocol.ts";
import { createSyncSockets } from "../sync/sockets.ts";
import type { Clock, EngineCalls } from "../types.ts";
import { adminRoute, serveAdmin } from "./admin.ts";
import { answerFailure, answerJson, answerPreflight, answerText, type Exchange, HttpFailure } from "./answers.ts";
import { serveApi } from "./api.ts";
import { serveHttpAction } from "./site.ts";
import { serveDownload, serveUpload } from "./storage.ts";

/** This machine alone: whoever has the admin key may do anything. */
export const HOST = "127.0.0.1";

export type ServerOptions = {
  engine: EngineCalls;
  /** Left out, the deployment's own endpoints are not there. */
  admin?: AdminCalls;
  /** 0 picks a free port. */
  port: number;
  sitePort: number;
  adminKey: string;
  clock: Clock;
  /** Fetches the keys of token issuers; the process's own when left out. */
  fetch?: typeof fetch;
  /** Hears of faults of the engine itself; written to standard error when left out. */
  report?: (fault: unknown) => void;
};

export type RunningServer = {
  url: string;
  siteUrl: string;
  port: number;
  sitePort: number;
  /** Ends every connection and frees both ports. */
  close(): Promise<void>;
};

type Context = {
  engine: EngineCalls;
  admin: AdminCalls | undefined;
  authenticator: Authenticator;
  report: (fault: unknown) => void;
};
type Handler = (context: Context, request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Resolves when both ports listen; rejects with a `DeveloperError` that names the port when one is taken. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { engine, admin, adminKey, clock, report = writeToStandardError } = options;
  const providers = () => engine.authProviders();
  const verifier = rememberTokens(createVerifier(providers, { clock, fetch: options.fetch ?? fetch }), {
    providers,
    clock,
  });
  const authenticator = createAuthenticator({ verifier, adminKey });
  const context: Context = { engine, admin, authenticator, report };
  const main = createServer(toListener(serveMain, context));
  const site = createServer(toListener(serveSite, context));
  const port = await listen(main, options.port);
  const sitePort = await listen(site, options.sitePort).catch(async (error: unknown) => {
    await stop(main);
    throw error;
  });
  const sockets = createSyncSockets({ engine, authenticator, clock, report });
  admin?.activity.follow(() => sockets.watched());
  main.on("upgrade", (request, socket, head) => sockets.upgrade(request, socket, head));
  return {
    url: `http://${HOST}:${port}`,
    siteUrl: `http://${HOST}:${sitePort}`,
    port,
    sitePort,
    async close() {
      sockets.close();
      await Promise.all([stop(main), stop(site)]);
    },
  };
}

/** Failures of any kind become answers here: no request can end the process. */
function toListener(serve: Handler, context: Context): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    serve(context, request, response).catch((error: unknown) => {
      const failure = toHttpFailure(error);
      if (failure.status === 500) context.report(error);
      if (response.headersSent) response.destroy();
      else answerFailure(request, response, failure);
    });
  };
}

async function serveMain(context: Context, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const target = request.url ?? "/";
  if (UNDER_HTTP.test(target)) {
    const rest = target.slice("/http".length);
    return serveHttpAction(context, { request, response, target: rest.startsWith("/") ? rest : `/${rest}` });
  }
  const { pathname, searchParams: query } = parseTarget(target);
  if (context.admin !== undefined && isInspectorPath(pathname)) return serveInspector(request, response, pathname);
  if (request.method === "OPTIONS") return answerPreflight(request, response);
  if (pathname === "/version") return answerText(request, response, "local");
  if (pathname === "/instance_name") return answerText(request, response, "local");
  if (pathname === "/.well-known/jwks.json") {
    return answerJson(request, response, 200, JSON.stringify(context.engine.deploymentKeys()));
  }
  const rest = UNDER_API.exec(pathname)?.[1];
  if (rest === undefined) return answerJson(request, response, 404, NOT_FOUND);
  return serveUnderApi(context, { request, response, query, rest });
}

/** `rest` is the path after `/api/`, without a version. */
async function serveUnderApi(context: Context, exchange: Exchange & { rest: string }): Promise<void> {
  const { engine, admin, authenticator } = context;
  const { request, rest } = exchange;
  if (rest === "storage/upload" && request.method === "POST") return serveUpload(engine, exchange);
  if (rest.startsWith("storage/") && (request.method === "GET" || request.method === "HEAD")) {
    return serveDownload(engine, { ...exchange, storageId: rest.slice("storage/".length) });
  }
  const route = admin && adminRoute(request.method, rest);
  return route ? serveAdmin({ admin, authenticator }, route, exchange) : serveApi(context, exchange);
}

/** Of a path as it came: what it would be after its dots is not looked at. */
const UNDER_HTTP = /^\/http(?=[/?]|$)/;
/** A client puts its version in front of what it asks. */
const UNDER_API = /^\/api\/(?:\d+\.\d+\.\d+[^/]*\/)?(.+)$/;
const NOT_FOUND = JSON.stringify({ code: "NotFound", message: "There is nothing at this path" });

function serveSite(context: Context, request: IncomingMessage, response: ServerResponse): Promise<void> {
  return serveHttpAction(context, { request, response, target: request.url ?? "/" });
}

function parseTarget(target: string): URL {
  try {
    return new URL(`http://localhost${target}`);
  } catch {
    throw new HttpFailure(400, "BadRequest", "The request's path is not valid");
  }
}

function toHttpFailure(error: unknown): HttpFailure {
  if (error instanceof HttpFailure) return error;
  if (error instanceof DeveloperError || error instanceof ProtocolError) {
    return new HttpFailure(400, "BadRequest", error.message);
  }
  if (error instanceof AuthFailure) return new HttpFailure(401, error.code, error.message);
  return new HttpFailure(500, "InternalServerError", "Your request couldn't be completed. Try again later.");
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, HOST);
  try {
    await once(server, "listening");
  } catch (error) {
    const reason =
      error instanceof Error && "code" in error && error.code === "EADDRINUSE" ? "is in use" : String(error);
    throw new DeveloperError(
      `Port ${port} on ${HOST} ${reason}. Stop the program that listens there, or choose another port.`,
    );
  }
  const address = server.address();
  return typeof address === "object" && address ? address.port : port;
}

async function stop(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}

function writeToStandardError(fault: unknown): void {
  process.stderr.write(`${fault instanceof Error ? (fault.stack ?? fault.message) : String(fault)}\n`);
}
