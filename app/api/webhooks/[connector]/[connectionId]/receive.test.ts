import { describe, expect, it } from "vitest";
import type { InboundEvent } from "@/lib/connectors/events.ts";
import { findConnector } from "@/lib/connectors/registry.ts";
import type { Connector, Parsed } from "@/lib/connectors/types.ts";
import { MAX_ITEMS, receive, Refused, type Ingestion, type Summary } from "./receive.ts";

const evolution = findConnector("evolution") ?? expect.fail("the registry has no evolution connector");

const items = (count: number, poison: readonly number[] = []): InboundEvent[] =>
  Array.from({ length: count }, (_, n) => ({
    type: "raw",
    key: poison.includes(n) ? `poison:${n}` : `raw:${n}`,
    name: "test",
    reason: "unknown_event",
    raw: "{}",
  }));

/** The real connector, but for what it makes of the body. */
function connectorThat({ parsed }: { parsed: Parsed }): Connector {
  return { ...evolution, parse: () => parsed };
}

/** Keeps what it is given; refuses a call that holds a poison item. */
class Ledger implements Ingestion {
  readonly calls: string[][] = [];
  readonly kept: string[] = [];
  readonly buried: string[] = [];

  async ingest(given: readonly InboundEvent[]): Promise<Summary> {
    const keys = given.map(({ key }) => key);
    this.calls.push(keys);
    if (keys.some((key) => key.startsWith("poison"))) throw new Refused("too much");
    this.kept.push(...keys);
    return { total: keys.length, processed: keys.length, deduped: 0, failed: 0 };
  }

  async bury(item: InboundEvent): Promise<void> {
    this.buried.push(item.key);
  }
}

const deliver = (connector: Connector, ingestion: Ingestion) =>
  receive({ connector, account: "sales", body: new Uint8Array() }, ingestion);

describe("I2 durable before 2xx", () => {
  it("takes a batch in calls of at most twenty, in the provider's order", async () => {
    const ledger = new Ledger();
    const receipt = await deliver(connectorThat({ parsed: { ok: true, account: "sales", events: items(45) } }), ledger);
    expect(ledger.calls.map((keys) => keys.length)).toEqual([MAX_ITEMS, MAX_ITEMS, 5]);
    expect(ledger.kept).toEqual(items(45).map(({ key }) => key));
    expect(receipt).toEqual({ status: 200, summary: { total: 45, processed: 45, deduped: 0, failed: 0 } });
  });

  it("lets one poison item block neither its neighbours nor the answer", async () => {
    const ledger = new Ledger();
    const parsed: Parsed = { ok: true, account: null, events: items(22, [3]) };
    const receipt = await deliver(connectorThat({ parsed }), ledger);
    expect(ledger.kept).toHaveLength(21);
    expect(ledger.buried).toEqual(["poison:3"]);
    expect(receipt).toEqual({ status: 200, summary: { total: 22, processed: 21, deduped: 0, failed: 1 } });
  });

  it("gives no answer of its own when the trouble may pass: the provider must try again", async () => {
    const ledger = new Ledger();
    ledger.ingest = async () => {
      throw new TypeError("fetch failed");
    };
    await expect(
      deliver(connectorThat({ parsed: { ok: true, account: null, events: items(1) } }), ledger),
    ).rejects.toThrow("fetch failed");
    expect(ledger.buried).toEqual([]);
  });

  it("does not call an item done that could not even be buried", async () => {
    const ledger = new Ledger();
    ledger.bury = async () => {
      throw new Error("disk full");
    };
    const parsed: Parsed = { ok: true, account: null, events: items(1, [0]) };
    await expect(deliver(connectorThat({ parsed }), ledger)).rejects.toThrow("disk full");
  });

  it("answers an empty batch without asking anybody", async () => {
    const ledger = new Ledger();
    const receipt = await deliver(connectorThat({ parsed: { ok: true, account: "sales", events: [] } }), ledger);
    expect([receipt.status, ledger.calls]).toEqual([200, []]);
  });
});

describe("what is refused", () => {
  it.each([
    ["malformed", { ok: false, reason: "malformed" }],
    ["another_account", { ok: true, account: "support", events: items(1) }],
  ] satisfies [string, Parsed][])("is 400 when it is %s", async (reason, parsed) => {
    const ledger = new Ledger();
    expect([await deliver(connectorThat({ parsed }), ledger), ledger.calls]).toEqual([{ status: 400, reason }, []]);
  });
});
