import { z } from "zod";
import { deviceStorage, keep } from "@/components/shell/device-setting.ts";
import type { Id } from "@/convex/_generated/dataModel";

/** What an answer answers to, in the words that the quote above it shows. */
const quotedSchema = z.object({
  messageId: z.custom<Id<"messages">>((value) => typeof value === "string"),
  text: z.string().nullable(),
  author: z.enum(["contact", "us"]),
});
const draftSchema = z.object({ text: z.string(), quoted: quotedSchema.nullable() });

export type Quoted = z.infer<typeof quotedSchema>;
export type Draft = z.infer<typeof draftSchema>;
export type DraftStorage = Pick<Storage, "getItem" | "setItem" | "removeItem">;

export const emptyDraft: Draft = { text: "", quoted: null };

/**
 * What was written and not sent yet, by the key of its conversation. It outlives the page where the browser keeps things, and the
 * conversation's view everywhere. A draft is the same object until it changes.
 */
export class Drafts {
  readonly #storage: DraftStorage | null;
  readonly #drafts = new Map<string, Draft>();
  readonly #listeners = new Set<() => void>();

  constructor(storage: DraftStorage | null) {
    this.#storage = storage;
  }

  read(key: string): Draft {
    const known = this.#drafts.get(key);
    if (known !== undefined) return known;
    const kept = parseDraft(this.#storage?.getItem(key) ?? null) ?? emptyDraft;
    this.#drafts.set(key, kept);
    return kept;
  }

  change(key: string, change: Partial<Draft>): void {
    const draft = { ...this.read(key), ...change };
    this.#drafts.set(key, draft);
    if (draft.text === "" && draft.quoted === null) this.#storage?.removeItem(key);
    else keep({ storage: this.#storage, key, value: JSON.stringify(draft) });
    for (const listener of this.#listeners) listener();
  }

  /** Brings back what was sent, above what was begun since. */
  restore(key: string, { text, quoted }: Draft): void {
    const begun = this.read(key);
    const isBegun = begun.text.trim() !== "";
    this.change(key, { text: isBegun ? `${text}\n${begun.text}` : text, quoted: begun.quoted ?? quoted });
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}

export const drafts = new Drafts(deviceStorage());

/** One member's draft is none of another's, who signs in on the same machine. */
export function draftKey({ memberId, conversationId }: { memberId: string; conversationId: string }): string {
  return `qify.draft.${memberId}.${conversationId}`;
}

/** Null for what is no draft: an older form, or somebody else's text. */
function parseDraft(kept: string | null): Draft | null {
  if (kept === null) return null;
  try {
    return draftSchema.safeParse(JSON.parse(kept)).data ?? null;
  } catch {
    return null;
  }
}
