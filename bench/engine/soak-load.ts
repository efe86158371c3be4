/** Everything that people do to an engine all day, at a pace that leaves the machine room. */
import { setTimeout as sleep } from "node:timers/promises";
import { ConvexClient, ConvexHttpClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import { z } from "zod";

const ADD = makeFunctionReference<"mutation", { key: string }>("effects:add");
const FAIL = makeFunctionReference<"mutation", { characters: number }>("ballast:failAtLength");
const NEWEST = makeFunctionReference<"query", { count: number }>("effects:newest");
const OF = makeFunctionReference<"query", { key: string }>("effects:of");
const UPLOAD_URL = makeFunctionReference<"mutation">("files:uploadUrl");

const WATCHERS = 8;
const UPLOAD_BYTES = 20_000;
const HTTP = { logger: false } as const;

export type Place = { url: string; siteUrl: string };
/** How often each thing was done. */
export type Deeds = Map<string, number>;

/** Works until `signal` says that it is over, and gives what was done. Throws what went wrong. */
export async function soakLoad({ url, siteUrl }: Place, signal: AbortSignal): Promise<Deeds> {
  const deeds: Deeds = new Map();
  let keys = 0;
  const nextKey = () => `key ${keys++}`;
  const someKey = () => `key ${Math.floor(Math.random() * keys)}`;
  const watchers = Array.from({ length: WATCHERS }, () => openWatcher(url));
  const over = new ConvexHttpClient(url, HTTP);

  const every = async (pauseMs: number, deed: string, act: () => Promise<unknown>) => {
    for (; !signal.aborted; await sleep(pauseMs)) {
      await act();
      deeds.set(deed, (deeds.get(deed) ?? 0) + 1);
    }
  };

  try {
    await Promise.all([
      every(25, "mutations with a job and an action", () => pick(watchers).mutation(ADD, { key: nextKey() })),
      every(50, "subscriptions", async () => {
        const stop = pick(watchers).onUpdate(OF, { key: someKey() }, () => {});
        setTimeout(stop, 400);
      }),
      every(200, "connections", async () => {
        const visitor = openWatcher(url);
        await visitor.query(OF, { key: someKey() });
        await visitor.close();
      }),
      every(50, "queries by HTTP", () => over.query(OF, { key: someKey() })),
      every(100, "HTTP actions", async () => {
        const { status } = await fetch(`${siteUrl}/effects`, { method: "POST", body: nextKey() });
        if (status !== 200) throw new Error(`an HTTP action answered ${status}`);
      }),
      every(100, "failures", () => over.mutation(FAIL, { characters: 500 }).catch(() => null)),
      every(500, "uploads", async () => {
        const to = z.string().parse(await over.mutation(UPLOAD_URL, {}));
        const { status } = await fetch(to, { method: "POST", body: new Uint8Array(UPLOAD_BYTES) });
        if (status !== 200) throw new Error(`an upload answered ${status}`);
      }),
    ]);
  } finally {
    await Promise.all(watchers.map((client) => client.close()));
  }
  return deeds;
}

function openWatcher(url: string): ConvexClient {
  const client = new ConvexClient(url, { logger: false, unsavedChangesWarning: false });
  client.onUpdate(NEWEST, { count: 20 }, () => {});
  return client;
}

function pick<T>(items: readonly T[]): T {
  const item = items[Math.floor(Math.random() * items.length)];
  if (item === undefined) throw new Error("nothing to pick from");
  return item;
}
