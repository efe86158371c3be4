import { MAX_ARRAY_LENGTH, MAX_OBJECT_FIELDS, MAX_RESULT_BYTES, MAX_VALUE_NESTING } from "./limits.ts";
import { WARNED_SHARE } from "./near-limits.ts";

/** Text shorter than this cannot open and close more levels than a value may have. */
const CANNOT_BE_TOO_DEEP = 2 * MAX_VALUE_NESTING;
/** `1,` takes two characters of text and nine bytes of value: nothing takes more bytes for a character. */
const MOST_BYTES_PER_CHARACTER = 5;

const QUOTE = 34;
const COMMA = 44;
const BACKSLASH = 92;
const OPEN_ARRAY = 91;
const CLOSE_ARRAY = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

/** How JSON text begins half a surrogate pair: a whole one stands there as it is. */
const SURROGATE = "\\ud";

/**
 * False when no rule about values can be broken by what this JSON text of the client library says, so that it need not be
 * parsed: most results are documents, which travel as the text that the store keeps. Names of fields the library has checked.
 */
export function mayBreakValueRules(json: string): boolean {
  if (json.includes(SURROGATE)) return true;
  if (json.length <= CANNOT_BE_TOO_DEEP) return false;
  if (json.length > MAX_RESULT_BYTES / MOST_BYTES_PER_CHARACTER) return true;
  /** Of each open level, how many more commas it may have. */
  const left = new Uint16Array(MAX_VALUE_NESTING);
  let level = -1;
  for (let at = 0; at < json.length; at++) {
    const character = json.charCodeAt(at);
    if (character === QUOTE) at = endOfString(json, at);
    else if (character === OPEN_ARRAY || character === OPEN_OBJECT) {
      if (++level === MAX_VALUE_NESTING) return true;
      left[level] = character === OPEN_ARRAY ? MAX_ARRAY_LENGTH : MAX_OBJECT_FIELDS;
    } else if (character === CLOSE_ARRAY || character === CLOSE_OBJECT) level--;
    else if (character === COMMA) {
      const more = (left[level] ?? 0) - 1;
      if (more === 0) return true;
      left[level] = more;
    }
  }
  return false;
}

/** False when the value of this JSON text is too small to be near what a result may have, so that it need not be measured. */
export function mayBeNearResultLimit(json: string): boolean {
  return json.length * MOST_BYTES_PER_CHARACTER > WARNED_SHARE * MAX_RESULT_BYTES;
}

/** Where the string ends that begins here. */
function endOfString(json: string, start: number): number {
  let at = start + 1;
  while (at < json.length && json.charCodeAt(at) !== QUOTE) at += json.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return at;
}
