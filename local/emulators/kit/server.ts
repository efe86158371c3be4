import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { ConnectionCut, ConnectionHeld, type Emulator } from "./emulator.ts";
import type { IncomingCall } from "./router.ts";

export type EmulatorServer = {
  /** `http://127.0.0.1:<port>`, with the port that was really bound. */
  url: string;
  port: number;
  /** Serves an emulator below `path` ("/" for the root). The longest matching path wins. */
  mount(path: string, emulator: Emulator): void;
  /** Stops listening and cuts every open connection. */
  close(): Promise<void>;
};

const DEFAULT_BODY_LIMIT = 20 * 1024 * 1024;

/**
 * Starts the one http server that all emulators share. It can start empty: an emulator that needs to know its own address (the port may
 * be 0, "any free one") is created after, and mounted then. `bodyLimit` is in bytes; a larger body is answered 413.
 */
export async function startEmulatorServer({
  port,
  host = "127.0.0.1",
  bodyLimit = DEFAULT_BODY_LIMIT,
}: {
  port: number;
  host?: string;
  bodyLimit?: number;
}): Promise<EmulatorServer> {
  const mounts: Mount[] = [];
  const server = createServer((request, response) => {
    serve({ request, response, mounts, bodyLimit }).catch((error: unknown) => fail(response, error));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The emulators' server is not bound to a port");
  return {
    url: `http://${host}:${address.port}`,
    port: address.port,
    mount(path, emulator) {
      mounts.push({ prefix: path === "/" ? "" : path, emulator });
      mounts.sort((a, b) => b.prefix.length - a.prefix.length);
    },
    close() {
      server.closeAllConnections();
      return new Promise((resolve, reject) => server.close((error) => (error ? reject(error) : resolve())));
    },
  };
}

type Mount = { prefix: string; emulator: Emulator };
type Exchange = { request: IncomingMessage; response: ServerResponse; mounts: Mount[]; bodyLimit: number };

async function serve({ request, response, mounts, bodyLimit }: Exchange): Promise<void> {
  const url = new URL(request.url ?? "/", "http://127.0.0.1");
  const mount = mounts.find(({ prefix }) => url.pathname === prefix || url.pathname.startsWith(`${prefix}/`));
  if (!mount) return send(response, Response.json({ error: "no emulator is mounted here" }, { status: 404 }));
  const body = await readBody(request, bodyLimit);
  if (!body) return send(response, Response.json({ error: "body too large" }, { status: 413 }));
  const path = url.pathname.slice(mount.prefix.length) || "/";
  try {
    await send(response, await mount.emulator.respond(toCall({ request, response, url, path, body })));
  } catch (error) {
    if (error instanceof ConnectionHeld) return;
    throw error;
  }
}

function toCall(parts: {
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
  path: string;
  body: Uint8Array<ArrayBuffer>;
}): IncomingCall {
  const hungUp = new AbortController();
  parts.response.on("close", () => hungUp.abort());
  const text = () => new TextDecoder().decode(parts.body);
  return {
    method: parts.request.method ?? "GET",
    path: parts.path,
    query: parts.url.searchParams,
    headers: toHeaders(parts.request),
    body: parts.body,
    text,
    json: () => parseJson(text()),
    signal: hungUp.signal,
  };
}

function toHeaders(request: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, values] of Object.entries(request.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value);
  }
  return headers;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The whole body, or null as soon as it is larger than the limit. */
async function readBody(request: IncomingMessage, limit: number): Promise<Uint8Array<ArrayBuffer> | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request) {
    if (!(chunk instanceof Uint8Array)) continue;
    size += chunk.byteLength;
    if (size > limit) return null;
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

async function send(response: ServerResponse, answer: Response): Promise<void> {
  for (const [name, value] of answer.headers) if (name !== "set-cookie") response.setHeader(name, value);
  const cookies = answer.headers.getSetCookie();
  if (cookies.length > 0) response.setHeader("set-cookie", cookies);
  response.writeHead(answer.status);
  if (!answer.body) return void response.end();
  response.flushHeaders();
  await pipeline(answer.body, response);
}

function fail(response: ServerResponse, error: unknown): void {
  if (!(error instanceof ConnectionCut) && !response.destroyed)
    process.stderr.write(`emulators' server: ${String(error)}\n`);
  response.destroy();
}
