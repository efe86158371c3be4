/** For tests: the emulator on a real socket with a clock moved by hand, an address that collects its webhooks, and the connector's own client. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { InboundEvent } from "../../../lib/connectors/events.ts";
import { findAccountOperations, findConnector } from "../../../lib/connectors/registry.ts";
import type { Target } from "../../../lib/connectors/types.ts";
import { ManualClock } from "../kit/clock.ts";
import { Router } from "../kit/router.ts";
import { startEmulatorServer } from "../kit/server.ts";
import { createEvolutionEmulator } from "./evolution.ts";

export const SERVER_KEY = "server-key-of-the-tests";
export const SECRET = "webhook-secret-of-at-least-32-characters";
export const OWNER = "552130001234";
export const LEAD = "5521987001234";
const INSTANCE = "ipe";

export type Received = { headers: Headers; body: Uint8Array<ArrayBuffer>; at: number };

export type TestBed = Awaited<ReturnType<typeof startTestBed>>;

/** `random` gives the jitter of retries; 0.5 is none. */
export async function startTestBed({
  directory = mkdtempSync(join(tmpdir(), "evolution-")),
  random = () => 0.5,
}: { directory?: string; random?: () => number } = {}) {
  const clock = new ManualClock();
  const server = await startEmulatorServer({ port: 0 });
  const url = `${server.url}/evolution`;
  const emulator = createEvolutionEmulator({ url, directory, apiKey: SERVER_KEY, clock, random });
  server.mount("/evolution", emulator);
  const received: Received[] = [];
  const statuses: number[] = [];
  const router = new Router();
  router.on("POST", "/", ({ headers, body }) => {
    received.push({ headers, body, at: clock.now() });
    return new Response(null, { status: statuses.shift() ?? 200 });
  });
  const refuse = () => Promise.resolve(new Response(null, { status: 404 }));
  server.mount("/hook", { routes: () => [], respond: (incoming) => router.dispatch(incoming) ?? refuse() });
  const target: Target = {
    fetch,
    baseUrl: url,
    account: INSTANCE,
    token: SERVER_KEY,
    now: () => clock.now(),
    timeoutMs: 300,
  };
  return {
    directory,
    clock,
    url,
    emulator,
    target,
    /** What arrived at the webhook's address, and what it answers next (200 when the list is empty). */
    received,
    statuses,
    webhook: { url: `${server.url}/hook`, secret: SECRET },
    close: async () => {
      await server.close();
      await emulator.close();
    },
  };
}

/** Creates the instance with our webhook and pairs the company's phone; what that sent is forgotten. */
export async function pair(bed: TestBed): Promise<Target> {
  const { token, pairing } = await accounts().create(bed.target, bed.webhook);
  await post(bed, "/_phone/scan", { code: pairing?.code, phone: OWNER, profileName: "Ipê Ferragens" });
  await bed.emulator.settled();
  bed.received.length = 0;
  return { ...bed.target, token };
}

export function evolution() {
  const connector = findConnector("evolution");
  if (connector === undefined) throw new Error("no connector");
  return connector;
}

export function accounts() {
  const operations = findAccountOperations("evolution");
  if (operations === undefined) throw new Error("no account operations");
  return operations;
}

export async function post(bed: TestBed, path: string, body: unknown) {
  const headers = { apikey: SERVER_KEY, "content-type": "application/json" };
  return readAnswer(await fetch(`${bed.url}${path}`, { method: "POST", headers, body: JSON.stringify(body) }));
}

export async function get(bed: TestBed, path: string) {
  return readAnswer(await fetch(`${bed.url}${path}`, { headers: { apikey: SERVER_KEY } }));
}

/** All events that the webhook heard so far, as the connector reads them. */
export async function heard(bed: TestBed): Promise<InboundEvent[]> {
  await bed.emulator.settled();
  return bed.received.flatMap(({ body }) => {
    const parsed = evolution().parse(body);
    return parsed.ok ? parsed.events : [];
  });
}

async function readAnswer(response: Response): Promise<{ status: number; body: unknown }> {
  const text = await response.text();
  return { status: response.status, body: text.startsWith("{") || text.startsWith("[") ? JSON.parse(text) : text };
}
