import english from "../messages/en.json" with { type: "json" };
import portuguese from "../messages/pt-BR.json" with { type: "json" };

/** What pages say: suites find things by the words that people read, wherever those change. */
export const en = english;
export const pt = portuguese;
