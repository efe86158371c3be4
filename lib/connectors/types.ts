/**
 * What every provider looks like to the rest of Qify. A connector keeps no state: the caller owns rows, secrets and retries.
 * `verify`, `parse`, `redact` and `render` touch nothing outside their arguments; the other four do HTTP, through the `fetch` of
 * their `Target`, and throw only the classes of `errors.ts`.
 */
import type { Address, InboundEvent, ProviderStatus } from "./events.ts";
import type { JsonObject } from "./json.ts";

export type Connector = {
  readonly manifest: Manifest;
  /** Is this request from the provider? Runs in constant time over both secrets. */
  verify(request: WebhookRequest): Promise<Verification>;
  /** Never throws: an item that cannot be read becomes a `raw` event and its neighbours stay. */
  parse(body: Uint8Array): Parsed;
  /** The body as it may be kept: valid JSON without credentials, pairing codes or inline media. `null` when it is not JSON. */
  redact(body: Uint8Array): string | null;
  /** Our message as the provider wants it. */
  render(message: OutboundMessage): RenderedMessage;
  /** Sends once, never repeats. */
  send(target: Target, message: RenderedMessage): Promise<SendReceipt>;
  /** Tells the contact's phone that we read or write. Best effort for the caller: nothing depends on it. */
  signal(target: Target, signal: ChatSignal): Promise<void>;
  fetchMedia(target: Target, ref: string): Promise<FetchedMedia>;
  /** Did a send with an unclear outcome arrive? */
  lookUp(target: Target, question: LookUp): Promise<LookUpAnswer>;
};

export type CapabilityState = "active" | "beta" | "planned";

/** What a provider can do for us. *active*: proven against real payloads; *beta*: works, not yet proven; *planned*: not built. */
export type Capability =
  | "receive_text"
  | "receive_media"
  | "receive_location"
  | "receive_contact"
  | "receive_reactions"
  | "receive_edits"
  | "receive_deletions"
  | "receive_groups"
  | "receive_choices"
  | "receive_presence"
  | "own_device_echo"
  | "statuses"
  | "pairing"
  | "send_text"
  | "send_quote"
  | "send_media"
  | "send_reaction"
  | "mark_read"
  | "typing"
  | "fetch_media"
  | "look_up";

export type Manifest = {
  /** The path segment of its webhook and the value stored in `connections.connector`. */
  readonly id: string;
  readonly name: string;
  readonly channel: "whatsapp" | "instagram" | "messenger" | "webchat" | "email";
  readonly capabilities: Readonly<Record<Capability, CapabilityState>>;
  /** Largest webhook body that is read, in bytes. */
  readonly maxWebhookBytes: number;
};

export type WebhookRequest = {
  /** Raw bytes as received: signatures cover these, not what JSON makes of them. */
  body: Uint8Array;
  /** Any case. */
  headers: Headers;
  secrets: WebhookSecrets;
  /** Epoch ms. */
  now: number;
};

/** `previous` is what was valid before the last rotation, while the overlap lasts; the caller leaves it out afterwards. */
export type WebhookSecrets = { current: string; previous?: string };

export type Verification =
  | { ok: true; scheme: "jwt" | "header" | "hmac"; secret: "current" | "previous" }
  | { ok: false; reason: "missing" | "mismatch" | "expired" };

export type Parsed =
  | {
      ok: true;
      /** The account that the payload says it is for; the caller compares it with the connection's. */
      account: string | null;
      /** In the provider's order. */
      events: InboundEvent[];
    }
  | { ok: false; reason: "malformed" };

/** Where calls go. `account` is the instance, number or page; `token` its credential, decrypted by the caller. */
export type Target = {
  fetch: typeof globalThis.fetch;
  baseUrl: string;
  account: string;
  token: string;
  now: () => number;
  /** How long a call may take; 20 s when absent. */
  timeoutMs?: number;
};

export type OutboundMessage = {
  /** Our own id of the message, the same at each attempt; for providers that take one. */
  id?: string;
  chat: Address;
  content: OutboundContent;
  /** The message that ours answers; `text` is shown in the quote where the provider does not keep messages itself. */
  quoted?: { externalId: string; fromMe: boolean; text?: string };
};

export type OutboundContent = { kind: "text"; text: string };

export type RenderedMessage = {
  path: string;
  body: JsonObject;
  /** Compare with `MessageEvent.fingerprint` to recognise the echo of this send. */
  fingerprint: string;
};

export type SendReceipt = {
  externalId: string;
  /** Where the provider really sent it; may differ from what was asked (a Brazilian number without its 9th digit). */
  chat: Address;
  providerAt?: number;
};

export type ChatSignal =
  | { kind: "read"; chat: Address; aliases: Address[]; messages: { externalId: string; fromMe: boolean }[] }
  | { kind: "typing"; chat: Address; durationMs: number };

export type FetchedMedia = { bytes: Uint8Array; mimeType: string; fileName?: string };

/** `excluded` are the ids that other messages of ours already own: the same words may have been sent twice. */
export type LookUp = {
  /** As in `OutboundMessage`. */
  id?: string;
  chat: Address;
  aliases: Address[];
  fingerprint: string;
  /** Epoch ms of the attempt's start. */
  attemptedAt: number;
  excluded: readonly string[];
};

export type LookUpAnswer = { found: true; externalId: string; status: ProviderStatus } | { found: false };

/**
 * Accounts of a provider that we set up ourselves: instances that a phone is paired with. Apart from `Connector`, since most
 * providers connect by OAuth instead. `Target.token` is the server's own key in `create`, the account's from then on.
 */
export type AccountOperations = {
  /** A key that is printed in the provider's documentation, and must be refused. */
  isPublishedKey(key: string): boolean;
  /** Creates `target.account`. The answer's `token` belongs to it alone. Throws `Rejected("name_taken")`. */
  create(target: Target, webhook: WebhookTarget): Promise<{ id: string; token: string; pairing: Pairing | null }>;
  /**
   * Asks for a pairing code; `open` when a phone is paired already. `phone` (digits) asks for one to type as well; it
   * counts only while the account is closed.
   */
  connect(
    target: Target,
    phone?: string | null,
  ): Promise<{ state: "open" } | { state: "connecting"; pairing: Pairing | null }>;
  readState(target: Target): Promise<AccountState>;
  /** Unpairs the phone. Throws a non-ambiguous `Unreachable` when none is paired. */
  logOut(target: Target): Promise<void>;
  /** Works only after `logOut`. */
  remove(target: Target): Promise<void>;
  /** Replaces the webhook; also how its secret is rotated. */
  setWebhook(target: Target, webhook: WebhookTarget): Promise<void>;
  /** Which numbers can be written to, and under which address. */
  checkNumbers(target: Target, numbers: readonly string[]): Promise<NumberCheck[]>;
};

export type AccountState = "open" | "connecting" | "closed";

/** Where events go and the secret that `verify` will check; at least 32 random characters. */
export type WebhookTarget = { url: string; secret: string };

/** `code` is what the QR shows; it lives for seconds and is replaced by a `qr` event or by asking again. */
export type Pairing = { code: string | null; pairingCode: string | null; count: number };

export type NumberCheck = { number: string; exists: boolean; chat: Address | null; lid: Address | null };
