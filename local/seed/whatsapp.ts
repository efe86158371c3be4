import type { ConvexHttpClient } from "convex/browser";
import type { FunctionReturnType } from "convex/server";
import { z } from "zod";
import { api } from "../../convex/_generated/api.js";

const PATIENCE_MS = 30_000;
const PAUSE_MS = 50;

/** The provider, and the key with which its owner makes accounts. */
export type EvolutionDoor = { url: string; apiKey: string };
/** `says` is how they begin; `replies` is what they answer, by the topic that they are asked about. */
export type SeedLead = {
  phone: string;
  name: string;
  says: readonly { text: string }[];
  replies?: Readonly<Record<string, string>>;
};
/** `account` is the provider's name for it. */
export type SeedWhatsApp = { name: string; account: string; phone: string; leads: readonly SeedLead[] };
type Connection = FunctionReturnType<typeof api.connections.connections.list>[number];

const webhookSchema = z.object({ headers: z.object({ jwt_key: z.string() }) });

/** Connects a number as an owner does: a draft, an account at the provider, and a phone that scans the code. */
export async function connectWhatsApp(
  { name, account, phone }: SeedWhatsApp,
  doors: { convex: ConvexHttpClient; evolution: EvolutionDoor; phones: Phones },
): Promise<Connection> {
  const { convex, evolution, phones } = doors;
  const baseUrl = evolution.url;
  const connectionId = await convex.mutation(api.connections.connections.create, {
    connector: "evolution",
    name,
    baseUrl,
  });
  await convex.action(api.connections.accounts.create, { connectionId, account, serverKey: evolution.apiKey });
  const code = await until("the code to scan", async () => {
    return (await convex.query(api.connections.connections.pairing, { connectionId }))?.code ?? null;
  });
  await phones.post("/_phone/scan", { code, phone, profileName: name });
  return until("the connection", async () => {
    const live = await convex.query(api.connections.connections.list, {});
    return live.find(({ _id, state }) => _id === connectionId && state === "connected") ?? null;
  });
}

/** The phones of the people behind the Evolution emulator. */
export class Phones {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  /** A lead writes to the company's number. */
  async write(instance: string, { phone, name, says }: SeedLead): Promise<void> {
    await this.post("/_phone/people", { phone, name });
    for (const content of says) await this.post("/_phone/messages", { instance, chat: phone, ...content });
  }

  async get(path: string): Promise<unknown> {
    const response = await fetch(this.#url + path);
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return response.json();
  }

  async post(path: string, body: unknown): Promise<void> {
    const response = await fetch(this.#url + path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  }
}

async function until<T>(what: string, look: () => Promise<T | null>): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    const found = await look();
    if (found !== null) return found;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  throw new Error(`The seed waited ${PATIENCE_MS / 1000} s for ${what}; see the emulator's /_inspect`);
}

/** What an account's webhooks are signed with, as the provider keeps it. */
export async function readWebhookKey({ url, apiKey }: EvolutionDoor, instance: string): Promise<string> {
  const response = await fetch(`${url}/webhook/find/${instance}`, { headers: { apikey: apiKey } });
  return webhookSchema.parse(await response.json()).headers.jwt_key;
}
