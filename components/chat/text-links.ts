export type TextPart = { text: string; href: string | null };

const address = /\b(?:https?:\/\/|www\.)[^\s<>"]+/gi;
/** A full stop or bracket after an address belongs to the sentence. */
const trailing = /[.,;:!?)\]}'»”]+$/;

/** Cuts a text where web addresses begin and end. Nothing is lost: the parts put together are the text. */
export function splitLinks(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const match of text.matchAll(address)) {
    const found = match[0].replace(trailing, "");
    if (match.index > from) parts.push({ text: text.slice(from, match.index), href: null });
    parts.push({ text: found, href: /^www\./i.test(found) ? `https://${found}` : found });
    from = match.index + found.length;
  }
  if (from < text.length) parts.push({ text: text.slice(from), href: null });
  return parts;
}
