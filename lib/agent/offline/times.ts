// When a lead would like to talk. A day that is named to be ruled out ("Saturday no, Monday yes") is not one.
import type { Found } from "./facts-people.ts";
import { CanonicalText, phrases } from "./text.ts";

const WEEKDAY =
  "(?:segunda|terca|quarta|quinta|sexta|sabado|domingo|monday|tuesday|wednesday|thursday|friday|saturday|sunday)(?:s(?![a-z]))?(?: ?-? ?feira)?";
/** Short forms that are no other word, and those that are one in Portuguese and need company to be a day. */
const SHORT_SURE = "(?:seg|qui|sex|sab|mon|tues?|weds?|thu|thurs?|fri|sat)(?: ?\\.)?";
const SHORT_UNSURE = "(?:ter|qua|dom|sun)";
const CLOCK =
  "(?:(?:as?|das|at|around|la pelas|umas|la para as|by|from|after|depois das|a partir das|antes das)? ?\\d{1,2} ?(?:h|hs|hrs|horas?|:\\d{2}|am|pm|a ?\\. ?m|p ?\\. ?m|o'clock)(?: ?(?:\\d{2}|am|pm))?)";
const CLOCK_AFTER_AT =
  "(?:(?:as|at|around|la pelas|after|depois das|a partir das|antes das|before) \\d{1,2}(?::\\d{2})?(?: ?(?:am|pm|h))?)";
const DAYPART =
  "(?<!boa |bom |good )(?:(?:de|a|pela|na|da|in the|no|ao|early|late|cedo de|fim da|fim de|final da) ?(?:manha|tarde|noite|morning|afternoon|evening)|tarde|manha|morning|afternoon|evening|tardinha|manhazinha|(?:antes|depois|apos) d[eo] (?:o )?almoco|(?:before|after) lunch|lunchtime|hora do almoco|meio dia|noon|cedo|cedinho|no fim do dia|end of (?:the )?day|primeira hora|first thing)";
const DAY = `(?:(?:na |no |on |next |this |proxima |essa |nesta |qualquer |any )?(?:${WEEKDAY}|${SHORT_SURE})|depois de amanha|amanha|tomorrow|hoje|today|tonight|semana que vem|next week|(?:this|essa|esta|nesta|nessa) (?:week|semana)|fim de semana|weekend)`;
const LINK = "(?: ?,)?(?: (?:de|na|no|a|in|at|on|the|umas|por volta|la|pelas|is|works|e|seria|pode ser))*";
const WHEN = `(?:${CLOCK}|${CLOCK_AFTER_AT}|${DAYPART})`;
const SHORT_DAYS = `(?:${SHORT_SURE}|${SHORT_UNSURE}|${WEEKDAY})`;

/** Spans of text that name a day or an hour for a conversation; the longest run of them is one span. */
const TIME_PHRASE = phrases(
  `${SHORT_DAYS}(?: ?(?:,|\\/|ou|or|e|and) ?${SHORT_DAYS})+(?:${LINK} ?${WHEN})*`,
  `${DAY}(?: ?(?:,|\\/|ou|or)? ?${DAY})*(?:${LINK} ?${WHEN})*`,
  `${SHORT_UNSURE}(?: ?,)? ${WHEN}(?:${LINK} ?${WHEN})*`,
  `${WHEN}(?:${LINK} ?(?:${WHEN}|${DAY}))*`,
  "qualquer (?:dia|horario|hora)(?: (?:serve|pode ser))?",
  "any ?(?:time|day)(?: works)?",
  `dia \\d{1,2}(?: (?:de )?[a-z]+)?(?: ?${WHEN})?`,
);
const ONLY_UNSURE = new RegExp(`^(?:na |no |pode ser |on )*${SHORT_UNSURE}$`);
const RULED_OUT_BEFORE =
  /(?:nao (?:\w+ ){0,3}|nunca (?:\w+ )?|menos (?:na |no |a )?|exceto (?:na |no )?|fora (?:na |no )?|tirando (?:a |o )?|except (?:for )?(?:on )?|but not |not (?:on )?|can't (?:do |make )?|cannot (?:do |make )?|never (?:on )?|no good )$/;
const RULED_OUT_AFTER =
  /^(?:'s| is| e| esta| fica| eu| i| a gente| para mim| tambem| too| also)*(?: ?,)? ?(?:nao|no good|not|no(?= ?(?:$|[,.!]))|doesn't|don't|isn't|won't|can't|cannot|out|off|impossible|bad|ruim|complicad[oa]|impossivel|fechad[oa]|corrid[oa]|cheio|cheia|lotad[oa]|nem pensar|sem chance|is out|full|packed|closed)(?![a-z])/;

/** The day or hour a lead would like to talk: the first that is not ruled out. */
export function readTime(canon: CanonicalText): Found[] {
  for (const match of canon.text.matchAll(TIME_PHRASE)) {
    const end = match.index + match[0].length;
    const before = clauseBefore(canon.text.slice(0, match.index));
    if (ONLY_UNSURE.test(match[0]) && canon.text !== match[0]) continue;
    if (RULED_OUT_BEFORE.test(before) || RULED_OUT_AFTER.test(canon.text.slice(end))) continue;
    const quote = canon.quote(match.index, end);
    return [{ key: "preferredTime", value: quote, confidence: 0.8, quote }];
  }
  return ONLY_UNSURE.test(canon.text)
    ? [{ key: "preferredTime", value: canon.source.trim(), confidence: 0.7, quote: canon.source.trim() }]
    : [];
}

/**
 * A time named in the same sentence as the wish to meet, whose words begin at `wishAt` of the message: elsewhere "today" and
 * "at 9" are about the business.
 */
export function readTimeOfWish(canon: CanonicalText, wishAt: number): Found[] {
  const rest = canon.source.slice(wishAt);
  const wish = new CanonicalText(/^[^.!?\n]*/.exec(rest)?.[0] ?? rest);
  return readTime(wish);
}

function clauseBefore(before: string): string {
  const cut = Math.max(
    before.lastIndexOf(","),
    before.lastIndexOf("."),
    before.lastIndexOf(" mas "),
    before.lastIndexOf(" but "),
  );
  return before.slice(cut + 1);
}
