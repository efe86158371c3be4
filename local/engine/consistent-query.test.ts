// What `consistentQuery` of the official client promises, on a served engine.
import { ConvexHttpClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { encodeTimestamp } from "./sync/protocol.ts";
import { assertNoFaults, startTestWorld, type TestWorld } from "./testing/world.ts";

const LIST = makeFunctionReference<"query">("notes:list");
const ADD = makeFunctionReference<"mutation">("notes:add");

let world: TestWorld;
beforeAll(async () => {
  world = await startTestWorld("calls");
});
afterAll(() => world.close());
afterEach(() => assertNoFaults(world));

const openClient = () => new ConvexHttpClient(world.running.url, { logger: false });

describe("consistentQuery", () => {
  it("answers each query of one client from one state, whatever is written in between", async () => {
    const client = openClient();
    const before: unknown = await client.consistentQuery(LIST);
    for (let written = 0; written < 5; written++) {
      await client.mutation(ADD, { text: `later ${written}` });
      expect(await client.consistentQuery(LIST)).toEqual(before);
    }
    expect(await client.query(LIST)).toContain("later 4");
    expect(await openClient().consistentQuery(LIST)).toContain("later 4");
  });

  it("goes on with the functions of a reload, and is refused clearly half a minute later", async () => {
    const client = openClient();
    const before: unknown = await client.consistentQuery(LIST);
    await client.mutation(ADD, { text: "after" });
    await world.running.reload();
    expect(await client.consistentQuery(LIST)).toEqual(before);
    world.advance(30_000);
    await expect(client.consistentQuery(LIST)).rejects.toThrow("TimestampNotAvailable");
    expect(await client.query(LIST)).toContain("after");
  });

  it("is refused clearly after a restart", async () => {
    const client = openClient();
    await client.consistentQuery(LIST);
    await client.mutation(ADD, { text: "before the restart" });
    const ts = encodeTimestamp(world.running.engine.latestTimestamp() - 1n);
    await world.restart();
    const body = JSON.stringify({ path: "notes:list", args: {}, ts });
    const response = await fetch(`${world.running.url}/api/query_at_ts`, { method: "POST", body });
    expect([response.status, await response.json()]).toEqual([
      400,
      { code: "TimestampNotAvailable", message: expect.stringContaining("Ask for a new timestamp") },
    ]);
  });
});
