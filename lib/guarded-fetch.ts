/**
 * `fetch` for addresses that a tenant typed. Only public addresses are called, unless the environment allows the host: the
 * name is looked up once, every answer is judged, and the connection goes to the address that was judged, so that a name
 * cannot change between the check and the call. Redirects are judged again; time and size have limits. Needs Node.
 */
import { lookup as dnsLookup, type LookupAddress } from "node:dns";
import { request as httpRequest, type IncomingMessage, type RequestOptions } from "node:http";
import { request as httpsRequest } from "node:https";
import { isIP } from "node:net";
import { Unreachable } from "./connectors/errors.ts";
import { isPublicAddress } from "./domain/outbound-address.ts";

export type GuardOptions = {
  /** `host:port` of servers that may be called wherever they are. */
  allowed: ReadonlySet<string>;
  /** Largest answer, in bytes. */
  maxBytes?: number;
  /** For a whole call, redirects included. */
  timeoutMs?: number;
  lookUp?: (hostname: string) => Promise<LookupAddress[]>;
};

type Guard = Required<GuardOptions>;
type Call = { url: URL; method: string; headers: Record<string, string>; body: string | undefined };

const MAX_REDIRECTS = 5;
const MAX_BYTES = 50 * 1024 * 1024;
const TIMEOUT_MS = 30_000;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** Statuses of which a `Response` must have no body. */
const BODILESS = new Set([101, 204, 205, 304]);

/** Takes text bodies. A refusal is an `Unreachable` that certainly had no effect; other failures are those of `fetch`. */
export function createGuardedFetch(options: GuardOptions): typeof globalThis.fetch {
  const guard: Guard = { maxBytes: MAX_BYTES, timeoutMs: TIMEOUT_MS, lookUp: lookUpAll, ...options };
  return async (input, init = {}) => {
    const request = new Request(input, { ...init, redirect: "manual" });
    const text = request.body === null ? undefined : await request.text();
    const headers = Object.fromEntries(request.headers);
    const limits = [AbortSignal.timeout(guard.timeoutMs), ...(init.signal ? [init.signal] : [])];
    const call = { url: new URL(request.url), method: request.method, headers, body: text };
    return follow(guard, { call, redirect: init.redirect ?? "follow", signal: AbortSignal.any(limits) });
  };
}

/** `host:port, host:port` as a set; ports are always said. */
export function parseAllowedHosts(text: string): ReadonlySet<string> {
  const hosts = text.split(",").map((host) => host.trim().toLowerCase());
  return new Set(hosts.filter((host) => host !== ""));
}

async function follow(
  guard: Guard,
  { call, redirect, signal }: { call: Call; redirect: RequestRedirect; signal: AbortSignal },
): Promise<Response> {
  let current = call;
  for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
    const response = await callOnce(guard, current, signal);
    const location = response.headers.get("location");
    if (redirect === "manual" || !REDIRECTS.has(response.status) || location === null) return response;
    await response.body?.cancel();
    if (redirect === "error") throw new TypeError("The server redirects, which is not allowed here");
    current = redirected(current, { location, status: response.status });
  }
  throw new TypeError("The server redirects too often");
}

/** As browsers do: credentials do not follow to another origin, and a form that was posted is only fetched there. */
function redirected(call: Call, { location, status }: { location: string; status: number }): Call {
  const url = new URL(location, call.url);
  const becomesGet = status === 303 || (status < 303 && call.method === "POST");
  const secret = new Set(["authorization", "cookie", "apikey", "proxy-authorization"]);
  const dropped = (name: string) =>
    (url.origin !== call.url.origin && secret.has(name)) || (becomesGet && name.startsWith("content-"));
  const headers = Object.fromEntries(Object.entries(call.headers).filter(([name]) => !dropped(name)));
  return becomesGet ? { url, method: "GET", headers, body: undefined } : { ...call, url, headers };
}

async function callOnce(guard: Guard, call: Call, signal: AbortSignal): Promise<Response> {
  const pinned = await resolve(guard, call.url);
  const message = await open({ call, pinned, signal });
  const headers = new Headers();
  for (const [name, value] of Object.entries(message.headers)) {
    for (const one of [value].flat()) if (one !== undefined) headers.append(name, one);
  }
  const status = message.statusCode ?? 502;
  const bytes = await readAll(message, guard.maxBytes);
  return new Response(BODILESS.has(status) ? null : bytes, {
    status,
    statusText: message.statusMessage ?? "",
    headers,
  });
}

/** The address to connect to; every address of the name has to be good, since which one answers is chance. */
async function resolve(guard: Guard, url: URL): Promise<LookupAddress> {
  if (url.protocol !== "http:" && url.protocol !== "https:") throw refused("not HTTP");
  if (url.username !== "" || url.password !== "") throw refused("credentials in the address");
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const port = url.port === "" ? (url.protocol === "https:" ? "443" : "80") : url.port;
  const family = isIP(host);
  const found = family === 0 ? await guard.lookUp(host) : [{ address: host, family }];
  const [first] = found;
  if (first === undefined) throw refused("no such host");
  const isAllowed = guard.allowed.has(`${url.hostname}:${port}`);
  if (!isAllowed && !found.every(({ address }) => isPublicAddress(address))) throw refused("not a public address");
  return first;
}

function open({
  call,
  pinned,
  signal,
}: {
  call: Call;
  pinned: LookupAddress;
  signal: AbortSignal;
}): Promise<IncomingMessage> {
  const { url, method, headers, body } = call;
  const options: RequestOptions = {
    method,
    headers: { ...headers, "accept-encoding": "identity" },
    signal,
    agent: false,
    // Node asks for one address or for all of them, depending on its settings.
    lookup: (_hostname, { all }, callback) =>
      all === true ? callback(null, [pinned]) : callback(null, pinned.address, pinned.family),
  };
  return new Promise((resolvePromise, reject) => {
    const request = (url.protocol === "https:" ? httpsRequest : httpRequest)(url, options, resolvePromise);
    request.on("error", (cause) => reject(new TypeError("fetch failed", { cause })));
    request.end(body);
  });
}

async function readAll(message: IncomingMessage, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of message) {
      const bytes = new Uint8Array(Buffer.from(chunk));
      size += bytes.length;
      if (size > maxBytes) throw new TypeError(`The answer is larger than ${maxBytes} bytes`);
      chunks.push(bytes);
    }
  } finally {
    message.destroy();
  }
  return new Uint8Array(Buffer.concat(chunks));
}

function lookUpAll(hostname: string): Promise<LookupAddress[]> {
  return new Promise((resolvePromise, reject) => {
    dnsLookup(hostname, { all: true }, (cause, addresses) => {
      if (cause === null) resolvePromise(addresses);
      else reject(new TypeError("fetch failed", { cause }));
    });
  });
}

function refused(detail: string): Unreachable {
  return new Unreachable({ ambiguous: false, detail: `refused: ${detail}` });
}
