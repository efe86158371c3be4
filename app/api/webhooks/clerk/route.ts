import { api } from "@/convex/_generated/api";
import { openServiceClient } from "@/lib/convex-service.ts";
import { EnvironmentError, parseClerkWebhookEnv } from "@/lib/env.ts";
import { errorCode } from "@/lib/errors.ts";
import { log } from "@/lib/log.ts";
import { readBody } from "../read-body.ts";
import { parseNews, type ClerkNews } from "./parse-news.ts";
import { isSignedByClerk } from "./verify.ts";

export const dynamic = "force-dynamic";

const MAX_BYTES = 256 * 1024; // Clerk's own messages stay below 64 KB

/**
 * News of people and organizations from Clerk. 200 once it is applied, or when it is of a kind that changes nothing here;
 * 413 too large, 401 not signed by Clerk, 400 signed and not understood, 503 not applied: Clerk tells us again later.
 */
export async function POST(request: Request): Promise<Response> {
  const body = await readBody(request, MAX_BYTES);
  if (body === null) return refuse(413, "too_large");
  try {
    const { CLERK_WEBHOOK_SIGNING_SECRET: secret } = parseClerkWebhookEnv();
    if (!isSignedByClerk({ headers: request.headers, body }, secret)) return refuse(401, "bad_signature");
    const event = parseNews(body);
    if (event.kind === "malformed") return refuse(400, "malformed");
    if (event.kind === "ignored") return Response.json({ ok: true, ignored: event.type });
    await apply(event.news);
    return Response.json({ ok: true });
  } catch (error) {
    log("error", "clerk_webhook_not_applied", { id: request.headers.get("svix-id"), reason: reasonOf(error) });
    return refuse(503, "unavailable");
  }
}

async function apply(news: ClerkNews): Promise<void> {
  const convex = await openServiceClient("clerk-webhook");
  await convex.mutation(api.organizations.clerk.apply, { news });
}

/** Messages of other errors may quote what they were about: people's names and addresses. */
function reasonOf(error: unknown): string {
  if (error instanceof EnvironmentError) return error.message;
  return errorCode(error) ?? (error instanceof Error ? error.name : "unknown");
}

function refuse(status: number, error: string): Response {
  return Response.json({ ok: false, error }, { status });
}
