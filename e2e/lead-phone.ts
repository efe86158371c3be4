import { randomInt } from "node:crypto";
import { z } from "zod";
import { expect } from "./fixtures.ts";
import type { World } from "./world.ts";

const messageSchema = z.object({
  id: z.string(),
  author: z.string().nullable(),
  text: z.string().nullish(),
  tick: z.string(),
});
const viewSchema = z.object({ messages: z.array(messageSchema) });

export type PhoneMessage = z.infer<typeof messageSchema>;
/** `seconds` and `voice` are for what is heard. */
type Media = { mimeType: string; base64: string; seconds?: number; voice?: boolean };

/** The WhatsApp of somebody new who writes to a company's number. */
export class LeadPhone {
  readonly name: string;
  readonly #phone: string;
  readonly #instance: string;
  readonly #evolution: string;

  private constructor(world: World, { instance, firstName }: { instance: string; firstName: string }) {
    this.#phone = `55119${randomInt(80_000_000, 89_999_999)}`;
    this.#instance = instance;
    this.#evolution = world.emulators.evolution;
    this.name = `${firstName} ${this.#phone.slice(-4)}`;
  }

  static async make(world: World, firstName: string, instance = "horizonte"): Promise<LeadPhone> {
    const phone = new LeadPhone(world, { instance, firstName });
    await phone.#post("people", { phone: phone.#phone, name: phone.name });
    return phone;
  }

  async write(...texts: readonly string[]): Promise<void> {
    for (const text of texts) await this.#post("messages", { ...this.#place(), text });
  }

  async send(kind: "audio" | "image", media: Media): Promise<void> {
    await this.#post("messages", { ...this.#place(), kind, media });
  }

  /** Somebody of the company answers on the paired phone itself. */
  async writeFromCompany(text: string): Promise<void> {
    await this.#post("messages", { ...this.#place(), text, fromCompany: true });
  }

  async read(): Promise<void> {
    await this.#post("read", { ...this.#place(), reader: "person" });
  }

  /** The words that the company said, as the lead sees them. */
  async heardTexts(): Promise<string[]> {
    return (await this.heard()).map(({ text }) => text ?? "");
  }

  /** What the company said, as the lead sees it. */
  async heard(): Promise<PhoneMessage[]> {
    const response = await fetch(`${this.#evolution}/_phone/state?${new URLSearchParams(this.#place())}`);
    return viewSchema.parse(await response.json()).messages.filter(({ author }) => author === null);
  }

  #place(): { instance: string; chat: string } {
    return { instance: this.#instance, chat: this.#phone };
  }

  async #post(path: string, body: unknown): Promise<void> {
    const headers = { "content-type": "application/json" };
    const url = `${this.#evolution}/_phone/${path}`;
    const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
    expect(response.status, await response.text()).toBe(201);
  }
}
