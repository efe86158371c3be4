import english from "../messages/en.json" with { type: "json" };
import portuguese from "../messages/pt-BR.json" with { type: "json" };

/** What pages say: suites find things by the words that people read, wherever those change. */
export const en = english;
export const pt = portuguese;

/** A text with its values in their places. */
export function say(text: string, values: Readonly<Record<string, string>>): string {
  return Object.entries(values).reduce((said, [key, value]) => said.replaceAll(`{${key}}`, value), text);
}
