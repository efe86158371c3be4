/** Validators that more than one domain speaks in. */
import { v } from "convex/values";

/** Those whose accounts people make on a server of their own. */
export const serverConnectorValidator = v.literal("evolution");
export const connectorValidator = v.union(serverConnectorValidator, v.literal("webchat"));
export const channelValidator = v.union(
  v.literal("whatsapp"),
  v.literal("instagram"),
  v.literal("messenger"),
  v.literal("webchat"),
  v.literal("email"),
);

/**
 * `draft` has no account yet, `pairing` waits for a phone to scan, `connecting` for the provider, `disconnected` will
 * come back by itself, `action_needed` only when a person acts; `removed` is the end.
 */
export const connectionStateValidator = v.union(
  v.literal("draft"),
  v.literal("pairing"),
  v.literal("connecting"),
  v.literal("connected"),
  v.literal("disconnected"),
  v.literal("action_needed"),
  v.literal("removed"),
);

export const connectionReasonValidator = v.union(
  v.literal("logged_out"),
  v.literal("banned"),
  v.literal("pairing_expired"),
  v.literal("removed"),
  v.literal("other"),
);

export const secretKindValidator = v.union(v.literal("token"), v.literal("webhook"));

/** A sealed secret as `lib/crypto.ts` makes it. */
export const sealedValidator = v.object({ keyId: v.string(), ciphertext: v.string() });

/** What happened to the items of one webhook. */
export const summaryValidator = v.object({
  total: v.number(),
  processed: v.number(),
  deduped: v.number(),
  failed: v.number(),
});

/** A webhook as it was received. `raw` is redacted, and left out above 64 KB. */
export const receiptValidator = v.object({ bytes: v.number(), sha256: v.string(), raw: v.optional(v.string()) });
