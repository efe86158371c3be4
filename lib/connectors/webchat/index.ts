/**
 * The chat on an organization's own page. We are its provider: what is written is in our database already, and the visitor's page
 * shows a message as soon as its delivery is `sent`. So nothing is asked over a network, no webhook comes, and there is no secret.
 */
import { Rejected } from "../errors.ts";
import { fingerprintMessage } from "../fingerprint.ts";
import { textAt } from "../json.ts";
import type { Connector } from "../types.ts";
import { manifest } from "./manifest.ts";

export const webchat: Connector = {
  manifest,
  /** Nobody may speak for a visitor by a webhook: their own token does, in `visitor*` functions. */
  verify: async () => ({ ok: false, reason: "missing" }),
  parse: () => ({ ok: false, reason: "malformed" }),
  redact: () => null,
  render: ({ id, chat, content: { kind, text } }) => ({
    path: "",
    body: { ...(id === undefined ? {} : { id }), chat: chat.value, text },
    fingerprint: fingerprintMessage({ kind, text }),
  }),
  /** Done by being recorded: the receipt's id is made of the message's own. */
  send: async (_target, { body }) => {
    const id = textAt(body, "id");
    const value = textAt(body, "chat");
    if (id === undefined || value === undefined) throw new Rejected("invalid_request");
    return { externalId: externalIdOf(id), chat: { kind: "webchat", value } };
  },
  /** Their page reads for itself what we read and write. */
  signal: async () => {},
  fetchMedia: async () => {
    throw new Rejected("not_found");
  },
  /** A message that can be asked about was recorded, which is all that sending it takes. */
  lookUp: async (_target, { id }) =>
    id === undefined ? { found: false } : { found: true, externalId: externalIdOf(id), status: "sent" },
};

/** Apart from the ids of what visitors say, which begin with `in:`. */
function externalIdOf(id: string): string {
  return `out:${id}`;
}
