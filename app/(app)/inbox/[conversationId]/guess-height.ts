import { boxOf } from "./media-sizes.ts";
import type { ThreadItem } from "./thread-items.ts";

const lineHeight = 22;
const charactersPerLine = 48;
const frameHeight = 28;
const dayHeight = 46;
const cardHeight = 72;

/** About how tall a message will be, in CSS pixels, for the scrollbar: what is drawn is measured. */
export function guessHeight(item: ThreadItem | undefined): number {
  if (item === undefined) return frameHeight + lineHeight;
  const { kind, text, media } = item.message;
  const isPicture = media !== null && (kind === "image" || kind === "video");
  const lines = Math.ceil((text?.length ?? 0) / charactersPerLine);
  const things = isPicture ? boxOf(media).height : kind === "text" ? 0 : cardHeight;
  return frameHeight + lines * lineHeight + things + (item.startsDay ? dayHeight : 0);
}
