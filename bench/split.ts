/** Where the time of one webhook goes: each layer measured by itself, in turns, and told apart by subtraction. */
import { createHash, randomUUID } from "node:crypto";
import { ConvexHttpClient } from "convex/browser";
import { api } from "../convex/_generated/api.js";
import { findConnector } from "../lib/connectors/registry.ts";
import { signLeadWebhook } from "../local/harness/lead-webhooks.ts";
import { emptyRouteOf, postToEmptyRoute, renderMany } from "./acknowledgement.ts";
import { Latencies } from "./latencies.ts";
import { fireInTurn, type Fire } from "./load.ts";
import { post } from "./post.ts";
import type { Stage } from "./stage.ts";

/** Rows that a webhook writes: claim, message, conversation, receipt. */
const ROWS = 4;
const SECRET = "a-secret-that-is-long-enough-for-hs256";

/** Medians in milliseconds. `whole` is the sum of the others but for noise. */
export type Split = {
  whole: number;
  nextRoute: number;
  verifyAndParse: number;
  restOfRoute: number;
  convexHttp: number;
  /** Convex's own client instead of a bare request, and the check of its token. */
  clientAndToken: number;
  functionsAndReads: number;
  writesAndCommit: number;
};

export async function measureSplit(stage: Stage, { count }: { count: number }): Promise<Split> {
  const connector = requireEvolution();
  const bodies = renderMany(stage.quiet, count * 3);
  const bytes = Math.round(stage.bytesPerWebhook() / ROWS);
  const emptyUrl = emptyRouteOf(stage);
  const call = bareCall(stage.bareUrl);
  const headers = new Headers(await signLeadWebhook(SECRET));
  const texts = Array.from({ length: ROWS }, () => "x".repeat(bytes));
  const convex = new ConvexHttpClient(stage.ready.convex, { logger: false });
  convex.setAuth(await stage.serviceToken());
  const ingest = await openIngest(stage, convex);
  const nobody = { connector: "evolution", connectionId: "nobody" };
  const [nextRoute = 0, verifyAndParse = 0, convexHttp = 0, rows = 0, client = 0, direct = 0, whole = 0] =
    await takeTurns(count, [
      (n) => postToEmptyRoute(emptyUrl, bodies[n] ?? ""),
      async (n) => {
        const body = Buffer.from(bodies[n] ?? "");
        const { ok } = await connector.verify({ body, headers, secrets: { current: SECRET }, now: Date.now() });
        return ok && connector.parse(body).ok;
      },
      () => call("writes:nothing", {}),
      () => call("writes:several", { texts }),
      async () => (await convex.query(api.connections.webhooks.load, nobody)) === null,
      (n) => ingest(bodies[count + n] ?? ""),
      (n) => stage.quiet.deliver(bodies[2 * count + n] ?? ""),
    ]);
  const clientAndToken = client - convexHttp;
  const writesAndCommit = rows - convexHttp;
  return {
    whole,
    nextRoute,
    verifyAndParse,
    restOfRoute: whole - nextRoute - verifyAndParse - direct,
    convexHttp,
    clientAndToken,
    functionsAndReads: direct - convexHttp - clientAndToken - writesAndCommit,
    writesAndCommit,
  };
}

/** One request of each layer, then the next of each, so that a bad moment of the machine weighs on all. Medians in ms. */
async function takeTurns(count: number, layers: readonly Fire[]): Promise<number[]> {
  const measured = layers.map((fire) => ({ fire, latencies: new Latencies() }));
  for (let n = 0; n < count; n++) {
    for (const { fire, latencies } of measured) await fireInTurn(latencies, { count: 1, fire: () => fire(n) });
  }
  return measured.map(({ latencies }) => {
    const { p50, failed } = latencies.percentiles();
    if (failed > 0) throw new Error(`${failed} requests failed while the layers were measured`);
    return p50;
  });
}

function bareCall(url: string): (path: string, args: Record<string, unknown>) => Promise<boolean> {
  const headers = { "content-type": "application/json" };
  return async (path, args) =>
    (await post(`${url}/api/mutation`, { headers, body: JSON.stringify({ path, args, format: "json" }) })) === 200;
}

/** What the route asks of Convex for one webhook, without the route. */
async function openIngest(stage: Stage, convex: ConvexHttpClient): Promise<(body: string) => Promise<boolean>> {
  const connector = requireEvolution();
  const { connectionId: id } = stage.quiet;
  const row = await convex.query(api.connections.webhooks.load, { connector: "evolution", connectionId: id });
  const secretId = row?.secrets[0]?.secretId;
  if (row === null || secretId === undefined) throw new Error("The connection is gone");
  const { connectionId } = row;
  return async (text) => {
    const body = Buffer.from(text);
    const parsed = connector.parse(body);
    if (!parsed.ok) return false;
    const raw = connector.redact(body) ?? undefined;
    const sha256 = createHash("sha256").update(body).digest("hex");
    const receipt = { bytes: body.byteLength, sha256, raw };
    const batch = { connectionId, secretId, correlationId: randomUUID(), receipt };
    const { processed } = await convex.mutation(api.inbox.ingest.ingest, { ...batch, events: [...parsed.events] });
    return processed === 1;
  };
}

function requireEvolution() {
  const connector = findConnector("evolution");
  if (connector === undefined) throw new Error("The registry has no evolution connector");
  return connector;
}
