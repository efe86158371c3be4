/** What was written on /agent and not saved yet, for as long as the page of the browser lives: going elsewhere loses nothing. */
import type { PlaybookContent } from "@/lib/domain/playbook.ts";
import type { FormValues } from "./form-values.ts";

export type Version = { version: number; content: PlaybookContent };

/** `base` is what the form began with, `restored` the old version that was put over it. */
export type Unsaved = { base: Version; restored: Version | null; values: FormValues };

/** By `unsavedKey`. In memory: a reload asks first, see `useKeepTab`. */
export const unsavedByKey = new Map<string, Unsaved>();

/** One member's writing is none of another's, nor of another organization's. */
export function unsavedKey({ orgId, memberId }: { orgId: string; memberId: string }): string {
  return `${orgId} ${memberId}`;
}
