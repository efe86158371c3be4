import { SECTIONS, type SectionId } from "./sections.ts";

/** What can be seen of the form: in pixels, as its element says. */
export type View = { scrollTop: number; clientHeight: number; scrollHeight: number };

/**
 * The section that one reads. The line of reading sinks from the top edge to the bottom edge as one scrolls from the beginning to
 * the end, so that each section has its turn, however short the last ones are. `tops` are where sections begin, in their order.
 */
export function sectionInView(tops: readonly number[], { scrollTop, clientHeight, scrollHeight }: View): SectionId {
  const way = scrollHeight - clientHeight;
  const line = scrollTop + clientHeight * (way > 0 ? Math.min(1, Math.max(0, scrollTop / way)) : 0);
  const at = tops.findLastIndex((top) => top <= line);
  return SECTIONS[Math.max(0, at)]?.id ?? "company";
}
