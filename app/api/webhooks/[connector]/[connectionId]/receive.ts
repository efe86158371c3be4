import type { InboundEvent } from "@/lib/connectors/events.ts";
import type { Connector } from "@/lib/connectors/types.ts";

/** A function call takes at most this many items; a larger batch takes more calls, all before the answer. */
export const MAX_ITEMS = 20;

export type Summary = { total: number; processed: number; deduped: number; failed: number };

/**
 * Where the items go. `ingest` commits all of them or throws; `Refused` says that the call itself can never succeed (it
 * is too much for one transaction, say), and anything else thrown is a trouble that passes. `bury` keeps an item that
 * could not be ingested even alone, for a person to look at.
 */
export type Ingestion = {
  ingest(items: readonly InboundEvent[]): Promise<Summary>;
  bury(item: InboundEvent): Promise<void>;
};

/** The call failed for what it was asked to do, and would again. */
export class Refused extends Error {
  override readonly name = "Refused";
}

export type Receipt = { status: 200; summary: Summary } | { status: 400; reason: "malformed" | "another_account" };

/** A webhook whose sender is verified; `account` is the connection's, null while it has none. */
export type Verified = { connector: Connector; account: string | null; body: Uint8Array };

/**
 * I2: reads the items of a verified webhook and answers only once each of them is committed or buried. Throws for troubles
 * that pass, which the route answers with 503: a provider drops what it gets a 4xx for.
 */
export async function receive({ connector, account, body }: Verified, ingestion: Ingestion): Promise<Receipt> {
  const parsed = connector.parse(body);
  if (!parsed.ok) return { status: 400, reason: "malformed" };
  if (parsed.account !== null && account !== null && parsed.account !== account) {
    return { status: 400, reason: "another_account" };
  }
  return { status: 200, summary: await ingestAll(parsed.events, ingestion) };
}

/** In the provider's order, one call after the other: a status must not overtake its message. */
async function ingestAll(events: readonly InboundEvent[], ingestion: Ingestion): Promise<Summary> {
  const summaries: Summary[] = [];
  for (let start = 0; start < events.length; start += MAX_ITEMS) {
    summaries.push(await ingestChunk(events.slice(start, start + MAX_ITEMS), ingestion));
  }
  return add(summaries);
}

/** A chunk whose call is refused goes item by item, so that one bad item cannot hold up the others for ever. */
async function ingestChunk(items: readonly InboundEvent[], ingestion: Ingestion): Promise<Summary> {
  try {
    return await ingestion.ingest(items);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
  }
  const [only, ...others] = items;
  if (only !== undefined && others.length === 0) {
    await ingestion.bury(only);
    return { total: 1, processed: 0, deduped: 0, failed: 1 };
  }
  const summaries: Summary[] = [];
  for (const item of items) summaries.push(await ingestChunk([item], ingestion));
  return add(summaries);
}

function add(summaries: readonly Summary[]): Summary {
  const sum = { total: 0, processed: 0, deduped: 0, failed: 0 };
  for (const summary of summaries) {
    sum.total += summary.total;
    sum.processed += summary.processed;
    sum.deduped += summary.deduped;
    sum.failed += summary.failed;
  }
  return sum;
}
