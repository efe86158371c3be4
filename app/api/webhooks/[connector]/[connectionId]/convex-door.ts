import { createHash, randomUUID } from "node:crypto";
import type { ConvexHttpClient } from "convex/browser";
import { api } from "@/convex/_generated/api";
import type { Id } from "@/convex/_generated/dataModel";
import type { Connector } from "@/lib/connectors/types.ts";
import { open, parseKeyRing } from "@/lib/crypto.ts";
import { parseSecretsEnv } from "@/lib/env.ts";
import { errorCode } from "@/lib/errors.ts";
import type { KnownConnection } from "./known-connections.ts";
import { Refused, type Ingestion } from "./receive.ts";

const MAX_RAW_BYTES = 64 * 1024;

export type ConvexConnection = KnownConnection<Id<"connectionSecrets">> & { connectionId: Id<"connections"> };

/** The connection with its secrets opened; null when there is none, or none of its secrets is good any more. */
export async function loadConnection(
  convex: ConvexHttpClient,
  { connector, connectionId, now }: { connector: string; connectionId: string; now: number },
): Promise<ConvexConnection | null> {
  const row = await convex.query(api.connections.webhooks.load, { connector, connectionId });
  if (row === null) return null;
  const ring = parseKeyRing(parseSecretsEnv().QIFY_ENCRYPTION_KEYS);
  const place = { orgId: row.orgId, connectionId: row.connectionId, kind: "webhook" };
  const good = row.secrets.filter(({ validUntil }) => validUntil === null || validUntil > now);
  const [current, previous] = await Promise.all(
    good.slice(0, 2).map(async ({ secretId, ...sealed }) => ({ secretId, text: await open(ring, { sealed, place }) })),
  );
  if (current === undefined) return null;
  return {
    connectionId: row.connectionId,
    account: row.account,
    secrets: { current: current.text, ...(previous === undefined ? {} : { previous: previous.text }) },
    secretIds: { current: current.secretId, ...(previous === undefined ? {} : { previous: previous.secretId }) },
  };
}

/** Where the items of one verified webhook go; `correlationId` ties its calls, receipt and dead letters together. */
export function openIngestion(
  convex: ConvexHttpClient,
  webhook: {
    connectionId: Id<"connections">;
    secretId: Id<"connectionSecrets">;
    connector: Connector;
    body: Uint8Array;
  },
): Ingestion & { correlationId: string } {
  const { connectionId, secretId, connector, body } = webhook;
  const correlationId = randomUUID();
  const batch = { connectionId, secretId, correlationId, receipt: receiptOf(connector, body) };
  return {
    correlationId,
    ingest: (events) => refusing(() => convex.mutation(api.inbox.ingest.ingest, { ...batch, events: [...events] })),
    bury: async (event) => {
      await convex.mutation(api.inbox.ingest.bury, { ...batch, event, reason: "refused even alone" });
    },
  };
}

/** A function that fails says so in one way; whatever else goes wrong on the way may pass. */
async function refusing<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const isFunctionError =
      errorCode(error) === null && error instanceof Error && error.message.startsWith("[Request ID: ");
    throw isFunctionError ? new Refused("the call failed in Convex") : error;
  }
}

function receiptOf(connector: Connector, body: Uint8Array) {
  const raw = connector.redact(body);
  const isSmall = raw !== null && Buffer.byteLength(raw) <= MAX_RAW_BYTES;
  const sha256 = createHash("sha256").update(body).digest("hex");
  return { bytes: body.byteLength, sha256, ...(isSmall ? { raw } : {}) };
}
