import { Webhook, WebhookVerificationError } from "standardwebhooks";

/**
 * Whether Clerk signed this body, within five minutes of now. The same check that Clerk's SDK makes; the SDK's own
 * function answers a body that is no JSON like a bad signature, and keeps the time of the event to itself.
 */
export function isSignedByClerk(request: { headers: Headers; body: string }, signingSecret: string): boolean {
  const header = (name: string) => request.headers.get(`svix-${name}`)?.trim() ?? "";
  const signature = {
    "webhook-id": header("id"),
    "webhook-timestamp": header("timestamp"),
    "webhook-signature": header("signature"),
  };
  try {
    new Webhook(signingSecret).verify(request.body, signature, { jsonParse: false });
    return true;
  } catch (error) {
    if (error instanceof WebhookVerificationError) return false;
    throw error;
  }
}
