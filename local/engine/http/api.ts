/** Calls over plain HTTP: what ConvexHttpClient, the CLI's `run` and curl speak. A function's failure is a 200. */
import type { Authenticator, Caller } from "../auth/caller.ts";
import { parseFunctionPath } from "../functions/addresses.ts";
import { decodeTimestamp, encodeTimestamp } from "../sync/protocol.ts";
import type { ActionResult, Call, EngineCalls, Json, JsonObject, Origin } from "../types.ts";
import { answerJson, type Exchange, HttpFailure } from "./answers.ts";
import { badBody, parseJsonBody, readJsonObject, requireObject } from "./body.ts";
import { toCleanJson } from "./clean-json.ts";
import { peerOf } from "./peer.ts";

export type ApiContext = { engine: EngineCalls; authenticator: Authenticator };

type Format = "encoded" | "clean";
type Request = { call: Call; format: Format };

/** Answers `/api/<rest>`, `rest` without a leading slash or version; throws `HttpFailure` or `AuthFailure`. */
export async function serveApi(
  { engine, authenticator }: ApiContext,
  { request, response, rest, query }: Exchange & { rest: string },
): Promise<void> {
  const answer = (json: string) => answerJson(request, response, 200, json);
  if (rest === "query_ts" && request.method === "POST") {
    return answer(JSON.stringify({ ts: encodeTimestamp(engine.keepTimestamp()) }));
  }
  const serve = routeOf(request.method, rest);
  if (!serve) throw new HttpFailure(404, "NotFound", `${request.method} /api/${rest} is not an endpoint`);
  const { token: authToken, ...known } = await authenticator.header(request.headers.authorization);
  const caller = { ...known, origin: { ...peerOf(request), authToken } };
  const body = request.method === "GET" ? queryBody(query) : await readJsonObject(request);
  answer(await serve({ engine, caller, body }));
}

type ApiCaller = Pick<Caller, "identity" | "isAdmin"> & { origin: Origin };

type Route = (input: { engine: EngineCalls; caller: ApiCaller; body: JsonObject }) => Promise<string>;

const ROUTES: Readonly<Record<string, Route>> = {
  "GET query": async ({ engine, caller, body }) => runQuery(engine, parseRequest(body, caller)),
  "POST query": async ({ engine, caller, body }) => runQuery(engine, parseRequest(body, caller)),
  "POST query_at_ts": async ({ engine, caller, body }) => runQueryAt(engine, parseRequest(body, caller), body["ts"]),
  "POST query_batch": async ({ engine, caller, body }) => runBatch(engine, caller, body),
  "POST mutation": async ({ engine, caller, body }) => {
    const { call, format } = parseRequest(body, caller);
    return encodeResult(engine.runMutation(call), format);
  },
  "POST action": async ({ engine, caller, body }) => {
    const { call, format } = parseRequest(body, caller);
    return encodeResult(await engine.runAction(call), format);
  },
  "POST function": async ({ engine, caller, body }) => {
    const { call, format } = parseRequest(body, caller);
    return encodeResult(await engine.runFunction(call), format);
  },
};

function routeOf(method: string | undefined, rest: string): Route | undefined {
  const route = ROUTES[`${method} ${rest}`];
  if (route || method !== "POST" || !rest.startsWith("run/")) return route;
  return async ({ engine, caller, body }) => {
    // Only the app's own functions have a path of this kind.
    const named = { ...body, path: functionPathOf(rest.slice("run/".length)), componentPath: null };
    const { call, format } = parseRequest(named, caller);
    return encodeResult(await engine.runFunction(call), format);
  };
}

function runQuery(engine: EngineCalls, { call, format }: Request): string {
  return encodeResult(engine.runQuery(call), format);
}

/** All at one timestamp: nothing else runs in between. */
function runBatch(engine: EngineCalls, caller: ApiCaller, { queries }: JsonObject): string {
  if (!Array.isArray(queries)) throw badBody("queries must be an array");
  const requests = queries.map((query) => parseRequest(requireObject(query, "query"), caller));
  return `{"results":[${requests.map((request) => runQuery(engine, request)).join(",")}]}`;
}

function runQueryAt(engine: EngineCalls, { call, format }: Request, ts: Json | undefined): string {
  if (typeof ts !== "string") throw badBody("ts must be a string");
  const result = engine.runQueryAt(call, decodeTimestamp(ts));
  if (result !== null) return encodeResult(result, format);
  throw new HttpFailure(
    400,
    "TimestampNotAvailable",
    "The state at this timestamp is not there: the local engine keeps one for 30 s after /api/query_ts gave its " +
      "timestamp out, and forgets it when it restarts. Ask for a new timestamp.",
  );
}

function parseRequest(body: JsonObject, caller: ApiCaller): Request {
  const { path, args, format, componentPath } = body;
  if (typeof path !== "string") throw badBody("path must be a string");
  if (componentPath != null && typeof componentPath !== "string") throw badBody("componentPath must be a string");
  const component = componentPath ?? "";
  if (component !== "" && !caller.isAdmin) {
    throw new HttpFailure(403, "BadDeployKey", "Only an admin can call functions of components directly");
  }
  const call = {
    component,
    path: parseFunctionPath(path),
    args: parseArgs(args),
    identity: caller.identity,
    publicOnly: !caller.isAdmin,
    origin: caller.origin,
  };
  return { call, format: parseFormat(format) };
}

/** The arguments object, alone or as the one element of an array. */
function parseArgs(args: Json | undefined): JsonObject {
  if (!Array.isArray(args)) return requireObject(args ?? {}, "args");
  if (args.length > 1) throw badBody("args must be an array of one object");
  return requireObject(args[0] ?? {}, "args");
}

function parseFormat(format: Json | undefined): Format {
  switch (format) {
    case "convex_encoded_json":
    case "convex_json":
      return "encoded";
    case undefined:
    case null:
    case "json":
    case "convex_clean_json":
      return "clean";
    default:
      throw new HttpFailure(400, "BadFormat", `format param must be one of [\`json\`]. Got ${JSON.stringify(format)}`);
  }
}

/** `messages/list` → `messages:list`. */
function functionPathOf(rest: string): string {
  const parts = rest.split("/").map(decodePart);
  const name = parts.pop();
  if (parts.length > 0 && name) return `${parts.join("/")}:${name}`;
  throw new HttpFailure(
    400,
    "MissingIdentifier",
    "Path or function name not provided in path, e.g. /api/run/messages/list",
  );
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw badBody("the path is not properly percent-encoded");
  }
}

function encodeResult(result: ActionResult, format: Format): string {
  const logLines = result.logLines.length > 0 ? result.logLines : undefined;
  if (!result.ok) {
    const { errorMessage, errorData } = result;
    const data = errorData === undefined ? undefined : format === "clean" ? toCleanJson(errorData) : errorData;
    return JSON.stringify({ status: "error", errorMessage, errorData: data, logLines });
  }
  const value = format === "clean" ? JSON.stringify(toCleanJson(JSON.parse(result.value))) : result.value;
  const logs = logLines ? `,"logLines":${JSON.stringify(logLines)}` : "";
  return `{"status":"success","value":${value}${logs}}`;
}

function queryBody(query: URLSearchParams): JsonObject {
  const args = query.get("args");
  return {
    path: query.get("path"),
    args: args === null ? null : parseJsonBody(args),
    format: query.get("format"),
  };
}
