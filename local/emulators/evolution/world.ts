import { randomBytes, randomUUID } from "node:crypto";
import type { Clock } from "../kit/clock.ts";
import type { JsonFile } from "../kit/json-file.ts";
import { EvolutionError } from "./errors.ts";
import { isSameSubscriber, makeLid, phoneOf, toPhoneJid } from "./numbers.ts";
import {
  emptyState,
  stateSchema,
  type Group,
  type InstanceRow,
  type Message,
  type Person,
  type State,
} from "./state.ts";

/** Who writes where right now; gone after `until` (epoch ms). Not worth keeping over a restart. */
export type Typing = { instance: string; chat: string; by: "company" | "person"; presence: string; until: number };

/** Both ends of WhatsApp at once: the server with its instances, and the phones of the people who write to them. */
export class World {
  readonly clock: Clock;
  typing: Typing[] = [];
  readonly #file: JsonFile;
  readonly #watchers = new Set<() => void>();
  #state: State;

  /** Reads the state back from the file; throws when the file holds something else. */
  constructor({ clock, file }: { clock: Clock; file: JsonFile }) {
    this.clock = clock;
    this.#file = file;
    const stored = file.load();
    this.#state = stored === undefined ? emptyState() : stateSchema.parse(stored);
  }

  get state(): State {
    return this.#state;
  }

  now(): number {
    return this.clock.now();
  }

  /** Writes the state to disk and tells the open phone pages. */
  changed(): void {
    this.#file.save(() => this.#state);
    for (const tell of this.#watchers) tell();
  }

  /** Calls `tell` after every change, until the returned function is called. */
  watch(tell: () => void): () => void {
    this.#watchers.add(tell);
    return () => this.#watchers.delete(tell);
  }

  clear(): void {
    this.#state = emptyState();
    this.typing = [];
    this.changed();
  }

  flush(): void {
    this.#file.flush();
  }

  findInstance(name: string): InstanceRow | undefined {
    return this.#state.instances.find((instance) => instance.name === name);
  }

  /** Throws Evolution's 404 for an instance that is not there. */
  requireInstance(name: string): InstanceRow {
    const instance = this.findInstance(name);
    if (instance === undefined) throw new EvolutionError(404, [`The "${name}" instance does not exist`]);
    return instance;
  }

  /** By digits in either form of a Brazilian number, or by LID. */
  findPerson(address: string): Person | undefined {
    return this.#state.people.find(({ phone, lid }) => lid === address || isSameSubscriber(phone, address));
  }

  /** The person with this number; one is made when nobody has it yet. */
  meetPerson(phone: string, facts: Partial<Pick<Person, "name" | "addressing">> = {}): Person {
    const known = this.findPerson(phone);
    if (known !== undefined) return Object.assign(known, facts);
    const person: Person = { phone, lid: makeLid(phone), name: phone, addressing: "phone", ...facts };
    this.#state.people.push(person);
    return person;
  }

  findGroup(jid: string): Group | undefined {
    return this.#state.groups.find((group) => group.jid === jid);
  }

  findMessage(instance: string, id: string): Message | undefined {
    return this.#state.messages.find((message) => message.instance === instance && message.id === id);
  }

  /** Throws Evolution's 400 for a message that it has not stored. */
  requireMessage(instance: string, id: string): Message {
    const message = this.findMessage(instance, id);
    if (message === undefined) throw new EvolutionError(400, ["Message not found"]);
    return message;
  }

  listChat(instance: string, chat: string): Message[] {
    return this.#state.messages.filter((message) => message.instance === instance && message.chat === chat);
  }

  /** A chat by any JID that stands for it; `null` when nobody is behind it. */
  chatOf(jid: string): string | null {
    if (jid.endsWith("@g.us")) return jid;
    return this.findPerson(jid)?.phone ?? phoneOf(jid);
  }

  /** How the person's address is written in the webhooks of the chat. */
  jidOf(chat: string): string {
    const person = chat.includes("@") ? undefined : this.findPerson(chat);
    if (person === undefined) return chat.includes("@") ? chat : toPhoneJid(chat);
    return person.addressing === "phone" ? toPhoneJid(person.phone) : person.lid;
  }
}

/** What WhatsApp's own libraries make: `3EB0` and eighteen hexadecimal digits. */
export function newMessageId(): string {
  return `3EB0${randomBytes(9).toString("hex").toUpperCase()}`;
}

export function newToken(): string {
  return randomUUID().toUpperCase();
}
