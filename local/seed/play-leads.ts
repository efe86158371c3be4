/** The leads of the seed as people: they read what they are told, take a moment, and answer what they are asked. */
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { askedTopic } from "../../lib/agent/evaluation/asked.ts";
import type { SeedTenant } from "./tenants.ts";
import { Phones, type SeedLead } from "./whatsapp.ts";

const LOOK_EVERY_MS = 1_500;
const TYPING_MS = 2_500;
/** A lead who has heard nothing for so long puts the phone away. */
const PATIENCE_MS = 3 * 60_000;

const chatSchema = z.object({
  messages: z.array(z.object({ author: z.string().nullable(), text: z.string().optional() })),
});
type Chat = z.infer<typeof chatSchema>["messages"];

type Stage = { phones: Phones; instance: string; signal: AbortSignal };

/** Plays the leads of all tenants at once; ends when nobody has anything left to say, or with the signal. */
export async function playLeads(
  tenants: readonly SeedTenant[],
  { evolutionUrl, signal }: { evolutionUrl: string; signal: AbortSignal },
): Promise<void> {
  const phones = new Phones(evolutionUrl);
  const plays = tenants.flatMap(({ whatsapp }) => {
    return whatsapp?.leads.map((lead) => playLead(lead, { phones, instance: whatsapp.account, signal })) ?? [];
  });
  await Promise.all(plays);
}

/**
 * What a lead says next: the answer to what was asked last, or nothing. What they have said already is in the chat, so a play
 * that was interrupted goes on where it stopped, and nothing is said twice.
 */
export function nextReply({ replies }: SeedLead, chat: Chat): string | null {
  const lastOwn = chat.findLastIndex(({ author }) => author !== null);
  const heard = chat.slice(lastOwn + 1).flatMap(({ text }) => text ?? []);
  const topic = askedTopic(heard);
  const reply = topic === null ? undefined : replies?.[topic];
  return reply === undefined || chat.some(({ author, text }) => author !== null && text === reply) ? null : reply;
}

async function playLead(lead: SeedLead, { phones, instance, signal }: Stage): Promise<void> {
  const place = { instance, chat: lead.phone };
  let heardAt = Date.now();
  while (!signal.aborted && Date.now() - heardAt < PATIENCE_MS) {
    await rest(LOOK_EVERY_MS, signal);
    const reply = nextReply(lead, await readChat(phones, place));
    if (reply === null || signal.aborted) continue;
    await phones.post("/_phone/read", { ...place, reader: "person" });
    await phones.post("/_phone/presence", { ...place, presence: "composing" });
    await rest(TYPING_MS, signal);
    if (!signal.aborted) await phones.post("/_phone/messages", { ...place, text: reply });
    heardAt = Date.now();
  }
}

async function readChat(phones: Phones, place: { instance: string; chat: string }): Promise<Chat> {
  return chatSchema.parse(await phones.get(`/_phone/state?${new URLSearchParams(place)}`)).messages;
}

/** Ends early, and quietly, with the signal. */
async function rest(durationMs: number, signal: AbortSignal): Promise<void> {
  await pause(durationMs, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}
