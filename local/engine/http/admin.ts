/** The endpoints of the deployment itself, which the official CLI calls. Nobody but an admin gets past the first line. */
import type { IncomingMessage } from "node:http";
import type { AdminCalls } from "../admin/admin-calls.ts";
import { parseVariableChanges } from "../admin/variable-changes.ts";
import { AuthFailure } from "../auth/auth-failure.ts";
import type { Authenticator } from "../auth/caller.ts";
import { answerJson, corsHeaders, type Exchange, HttpFailure } from "./answers.ts";
import { readJsonObject } from "./body.ts";
import { IMPORT_ROUTES } from "./imports.ts";

type Route = (admin: AdminCalls, exchange: Exchange) => Promise<void>;

const ROUTES: ReadonlyMap<string, Route> = new Map([
  ["POST update_environment_variables", changeVariables],
  ["GET stream_function_logs", streamLogs],
  ["POST export/request/zip", requestExport],
]);

/** How long a question for logs waits for news, as in production. */
const LOG_PATIENCE_MS = 60_000;

/** What answers `/api/<rest>`; undefined when that is no endpoint of this kind. */
export function adminRoute(method: string | undefined, rest: string): Route | undefined {
  const importing = IMPORT_ROUTES.get(`${method} ${rest}`);
  if (importing !== undefined) return (admin, exchange) => importing(admin.imports, exchange);
  const timestamp = /^export\/zip\/(\d+)$/.exec(rest)?.[1];
  if (timestamp === undefined || method !== "GET") return ROUTES.get(`${method} ${rest}`);
  return async (admin, exchange) => sendExport(admin, exchange, BigInt(timestamp));
}

/** Throws `HttpFailure`: 403 for whoever is no admin. */
export async function serveAdmin(
  { admin, authenticator }: { admin: AdminCalls; authenticator: Authenticator },
  route: Route,
  exchange: Exchange,
): Promise<void> {
  await requireAdmin(authenticator, exchange.request);
  await route(admin, exchange);
}

/** A wrong key, a person's token and no key at all are refused in the same words. */
async function requireAdmin(authenticator: Authenticator, { headers }: IncomingMessage): Promise<void> {
  try {
    if ((await authenticator.header(headers.authorization)).isAdmin) return;
  } catch (error) {
    if (!(error instanceof AuthFailure)) throw error;
  }
  throw new HttpFailure(
    403,
    "BadDeployKey",
    "The provided deploy key was invalid for this deployment. Double check that the environment this key was generated for matches the desired deployment.",
  );
}

async function changeVariables(admin: AdminCalls, { request, response }: Exchange): Promise<void> {
  await admin.changeVariables(parseVariableChanges(await readJsonObject(request)));
  answerJson(request, response, 200, "null");
}

/** Answers as soon as there is news, with nothing after a while; who hangs up is waited for no longer. */
async function streamLogs(admin: AdminCalls, { request, response, query }: Exchange): Promise<void> {
  const cursor = Number(query.get("cursor") ?? Number.NaN);
  if (!Number.isFinite(cursor)) throw new HttpFailure(400, "BadRequest", "cursor must be a number");
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  const signal = AbortSignal.any([gone.signal, AbortSignal.timeout(LOG_PATIENCE_MS)]);
  const page = await admin.executionsAfter(cursor, signal);
  if (!gone.signal.aborted) answerJson(request, response, 200, JSON.stringify(page));
}

async function requestExport(admin: AdminCalls, { request, response, query }: Exchange): Promise<void> {
  admin.exports.request({ includeFiles: query.get("includeStorage") === "true" });
  answerJson(request, response, 200, "null");
}

function sendExport(admin: AdminCalls, { request, response }: Exchange, timestamp: bigint): void {
  const { latest } = admin.exports;
  if (latest?.timestamp !== timestamp) {
    throw new HttpFailure(
      404,
      "ExportNotFound",
      `There is no export at timestamp ${timestamp}: only the last one is kept`,
    );
  }
  response.writeHead(200, {
    ...corsHeaders(request),
    "content-type": "application/zip",
    "content-length": latest.zip.length,
    "content-disposition": `attachment; filename=snapshot_local_${timestamp}.zip`,
  });
  response.end(latest.zip);
}
