import { badRequest, EvolutionError } from "./errors.ts";
import { createJid, isOnWhatsApp, phoneOf, toPhoneJid } from "./numbers.ts";
import { renderContent, renderKey, renderMessage, renderTick } from "./payloads.ts";
import { type Content, type InstanceRow, type Message, type Tick, TICKS } from "./state.ts";
import type { EventHook } from "./webhooks.ts";
import { newMessageId, type World } from "./world.ts";

const SERVER_ACK_MS = 120;
const DELIVERY_ACK_MS = 400;
/** How long a send waits for the webhook that tells of it: the report is always on its way before the answer, and mostly there. */
const REPORT_WAIT_MS = 1_000;
const COMPOSING_MS = 12_000;

export type Draft = {
  instance: InstanceRow;
  chat: string;
  author: string | null;
  content: Content;
  quotedId: string | null;
};

/** Everything that people and companies do to each other, and the webhooks that tell of it. */
export class Traffic {
  readonly #world: World;
  readonly #hook: EventHook;

  constructor(world: World, hook: EventHook) {
    this.#world = world;
    this.#hook = hook;
  }

  /** Someone writes on a phone: a person (`author`), or somebody of the company on the paired phone itself (`author: null`). */
  write(draft: Draft): Message {
    const message = this.#store(draft, {
      viaApi: false,
      sentTo: null,
      tick: draft.author === null ? "SERVER_ACK" : "DELIVERY_ACK",
    });
    this.#stopTyping(draft.instance.name, draft.chat, draft.author === null ? "company" : "person");
    const ignored = draft.instance.settings.groupsIgnore && draft.chat.endsWith("@g.us");
    if (draft.instance.state === "open" && !ignored) this.#tellOf(message, "messages.upsert");
    if (draft.author === null) this.#scheduleTicks(message);
    return message;
  }

  /** The API sends. Throws what the real server answers when WhatsApp does not take it. */
  async send(
    instance: InstanceRow,
    { number, content, quotedId }: { number: string; content: Content; quotedId: string | null },
  ) {
    const { chat, jid } = this.resolve(instance, number);
    const draft: Draft = { instance, chat, author: null, content, quotedId };
    const message = this.#store(draft, { viaApi: true, sentTo: jid, tick: "PENDING" });
    this.#stopTyping(instance.name, chat, "company");
    const answer = renderMessage(this.#world, instance, message);
    const report = this.#hook.emit(instance, "send.message", answer);
    await this.#hook.firstAttempt(report, REPORT_WAIT_MS);
    this.#scheduleTicks(message);
    return answer;
  }

  /** The chat behind a `number` of the API and the JID that WhatsApp really has for it. */
  resolve(instance: InstanceRow, number: string): { chat: string; jid: string } {
    if (instance.state !== "open") throw badRequest("Error: Connection Closed");
    const jid = createJid(number);
    if (jid.endsWith("@g.us")) {
      if (this.#world.findGroup(jid) === undefined) throw badRequest({ jid, exists: false, number });
      return { chat: jid, jid };
    }
    const known = this.#world.findPerson(phoneOf(jid) ?? jid);
    if (known !== undefined) return { chat: known.phone, jid: jid.endsWith("@lid") ? jid : toPhoneJid(known.phone) };
    const phone = phoneOf(jid);
    if (phone === null || !isOnWhatsApp(phone)) throw badRequest({ jid, exists: false, number });
    this.#world.meetPerson(phone);
    return { chat: phone, jid };
  }

  /** Raises a message's tick, and tells if it rose. */
  tick(message: Message, tick: Tick): void {
    if (TICKS.indexOf(tick) <= TICKS.indexOf(message.tick)) return;
    message.tick = tick;
    message.ticks.push({ tick, at: this.#world.now() });
    const instance = this.#world.requireInstance(message.instance);
    if (instance.state === "open")
      this.#hook.emit(instance, "messages.update", renderTick(this.#world, instance, message));
    this.#world.changed();
  }

  /** The reader of a chat has it open: everything that the other side wrote is read. */
  readChat(instance: InstanceRow, { chat, reader }: { chat: string; reader: "company" | "person" }): void {
    for (const message of this.#world.listChat(instance.name, chat)) {
      const fromCompany = message.author === null;
      const arrived = TICKS.indexOf(message.tick) >= TICKS.indexOf("DELIVERY_ACK");
      if (fromCompany === (reader === "person") && arrived) this.tick(message, "READ");
    }
  }

  react(message: Message, { actor, emoji }: { actor: string | null; emoji: string }): Message {
    const name = actor ?? "me";
    if (emoji === "") delete message.reactions[name];
    else message.reactions[name] = emoji;
    const reaction = this.#notice({ message, author: actor });
    const content = {
      reactionMessage: { key: renderKey(this.#world, message), text: emoji, senderTimestampMs: String(reaction.at) },
    };
    this.#tellPart(reaction, content, "reactionMessage");
    return reaction;
  }

  edit(message: Message, text: string): void {
    message.content.text = text;
    message.edited = true;
    this.#tellChange(message, "messages.edited", {
      key: renderKey(this.#world, message),
      type: "MESSAGE_EDIT",
      editedMessage: renderContent(message.content, message),
      timestampMs: String(this.#world.now()),
    });
  }

  /** Deleted for everyone: the server tells of it as an edit of type REVOKE. */
  revoke(message: Message): void {
    message.deleted = true;
    this.#tellChange(message, "messages.edited", { key: renderKey(this.#world, message), type: "REVOKE" });
  }

  /** Shown on the other side until it is replaced, or for 12 s. */
  showTyping(
    instance: InstanceRow,
    { chat, by, presence }: { chat: string; by: "company" | "person"; presence: string },
  ): void {
    this.#stopTyping(instance.name, chat, by);
    if (presence === "composing" || presence === "recording") {
      const until = this.#world.now() + COMPOSING_MS;
      this.#world.typing.push({ instance: instance.name, chat, by, presence, until });
      this.#world.clock.schedule(COMPOSING_MS, () => this.#world.changed());
    }
    if (by === "person" && instance.state === "open") {
      const jid = this.#world.jidOf(chat);
      this.#hook.emit(instance, "presence.update", { id: jid, presences: { [jid]: { lastKnownPresence: presence } } });
    }
    this.#world.changed();
  }

  #store(draft: Draft, facts: Pick<Message, "viaApi" | "sentTo" | "tick">): Message {
    const { instance, ...written } = draft;
    const at = this.#world.now();
    const message: Message = {
      id: newMessageId(),
      instance: instance.name,
      ...written,
      ...facts,
      at,
      ticks: [{ tick: facts.tick, at }],
      edited: false,
      deleted: false,
      reactions: {},
    };
    this.#world.state.messages.push(message);
    this.#world.changed();
    return message;
  }

  #scheduleTicks(message: Message): void {
    this.#world.clock.schedule(SERVER_ACK_MS, () => this.tick(message, "SERVER_ACK"));
    this.#world.clock.schedule(DELIVERY_ACK_MS, () => this.tick(message, "DELIVERY_ACK"));
  }

  #stopTyping(instance: string, chat: string, by: "company" | "person"): void {
    const now = this.#world.now();
    this.#world.typing = this.#world.typing.filter(
      (typing) => typing.until > now && !(typing.instance === instance && typing.chat === chat && typing.by === by),
    );
  }

  #tellOf(message: Message, event: string): void {
    const instance = this.#world.requireInstance(message.instance);
    this.#hook.emit(instance, event, renderMessage(this.#world, instance, message));
  }

  /** A message of its own for WhatsApp, of which nothing is kept but its effect. */
  #notice({ message, author }: { message: Message; author: string | null }): Message {
    const at = this.#world.now();
    return { ...message, id: newMessageId(), author, sentTo: null, quotedId: null, at };
  }

  #tellPart(notice: Message, content: Parameters<EventHook["emit"]>[2], messageType: string): void {
    const instance = this.#world.requireInstance(notice.instance);
    if (instance.state === "open") {
      const rendered = renderMessage(this.#world, instance, notice);
      this.#hook.emit(instance, "messages.upsert", { ...rendered, message: content, messageType });
    }
    this.#world.changed();
  }

  #tellChange(message: Message, event: string, change: Parameters<EventHook["emit"]>[2]): void {
    const instance = this.#world.requireInstance(message.instance);
    if (instance.state === "open") this.#hook.emit(instance, event, change);
    this.#world.changed();
  }
}

/** Resolves after `delayMs` on the emulator's clock. */
export function pause(world: World, delayMs: number): Promise<void> {
  if (delayMs > 60_000) throw new EvolutionError(400, [["instance.delay must be less than or equal to 60000"]]);
  return new Promise((resolve) => void world.clock.schedule(Math.max(0, delayMs), resolve));
}
