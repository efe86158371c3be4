import { findConnector } from "@/lib/connectors/registry.ts";
import { openServiceClient } from "@/lib/convex-service.ts";
import { EnvironmentError } from "@/lib/env.ts";
import { errorCode } from "@/lib/errors.ts";
import { log } from "@/lib/log.ts";
import { readBody } from "../../read-body.ts";
import { loadConnection, openIngestion, type ConvexConnection } from "./convex-door.ts";
import { KnownConnections } from "./known-connections.ts";
import { receive } from "./receive.ts";

export const dynamic = "force-dynamic";

const connections = new KnownConnections<ConvexConnection>();

type Context = { params: Promise<{ connector: string; connectionId: string }> };

/**
 * What a provider tells us of one connection (I2). 200 `{ ok, correlationId, summary }` once every item is committed;
 * 404 no such connection, 413 too large, 401 not from the provider, 400 signed and not understood; 503 for a trouble of
 * ours, after which the provider comes again.
 */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { connector: connectorId, connectionId } = await params;
  const connector = findConnector(connectorId);
  if (connector === undefined) return refuse(404, "unknown_connection");
  const body = await readBody(request, connector.manifest.maxWebhookBytes);
  if (body === null) return refuse(413, "too_large");
  const key = `${connectorId}/${connectionId}`;
  try {
    const now = Date.now();
    const convex = await openServiceClient("connector-webhook");
    const load = () => loadConnection(convex, { connector: connectorId, connectionId, now });
    const { headers } = request;
    const verify = ({ secrets }: ConvexConnection) => connector.verify({ body, headers, secrets, now });
    const found = await connections.verify(key, { now, load, verify });
    if (found === null) return refuse(404, "unknown_connection");
    const { known: connection, verification } = found;
    if (!verification.ok) return refuse(401, `signature_${verification.reason}`);
    const secretId = connection.secretIds[verification.secret] ?? connection.secretIds.current;
    const ingestion = openIngestion(convex, { ...connection, secretId, connector, body });
    const receipt = await receive({ connector, account: connection.account, body }, ingestion);
    if (receipt.status === 400) return refuse(400, receipt.reason);
    return Response.json({ ok: true, correlationId: ingestion.correlationId, summary: receipt.summary });
  } catch (error) {
    connections.forget(key);
    log("error", "connector_webhook_not_taken", { connector: connectorId, reason: reasonOf(error) });
    return refuse(503, "unavailable");
  }
}

/** Messages of other errors may quote what they were about: what people wrote. */
function reasonOf(error: unknown): string {
  if (error instanceof EnvironmentError) return error.message;
  return errorCode(error) ?? (error instanceof Error ? error.name : "unknown");
}

function refuse(status: number, error: string): Response {
  return Response.json({ ok: false, error }, { status });
}
