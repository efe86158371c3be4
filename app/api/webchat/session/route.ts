import { cookies } from "next/headers";
import { api } from "@/convex/_generated/api";
import { openServiceClient } from "@/lib/convex-service.ts";
import { parseTokenEnv, parseVisitorEnv } from "@/lib/env.ts";
import { log } from "@/lib/log.ts";
import {
  hashAddress,
  mintVisitorToken,
  newVisitorSecret,
  parseVisitorSecret,
  visitorIdOf,
} from "@/lib/visitor-token.ts";
import { readBody } from "../../webhooks/read-body.ts";
import { callerAddress, cookieNameOf, isFromElsewhere, parseAsked } from "./callers.ts";

export const dynamic = "force-dynamic";

const MAX_BYTES = 1_024;
const COOKIE_LIVES_S = 365 * 24 * 60 * 60;

/**
 * Lets somebody into an organization's chat: `{ slug }` gives `{ token }` for a quarter of an hour, and the cookie by which
 * this browser is the same visitor next time. 403 for another site's page, 404 no such chat or it is off, 429 with
 * `retryAfterMs`, 503 for a trouble of ours.
 */
export async function POST(request: Request): Promise<Response> {
  if (isFromElsewhere(request.headers)) return answer(403, { error: "another_site" });
  const slug = parseAsked(await readBody(request, MAX_BYTES));
  if (slug === null) return answer(400, { error: "malformed" });
  try {
    return await letIn(request, slug);
  } catch (error) {
    log("error", "visitor_not_let_in", { reason: error instanceof Error ? error.name : "unknown" });
    return answer(503, { error: "unavailable" });
  }
}

async function letIn(request: Request, slug: string): Promise<Response> {
  const key = parseTokenEnv().QIFY_TOKEN_PRIVATE_KEY;
  const address = callerAddress(request.headers, parseVisitorEnv().QIFY_CLIENT_ADDRESS_HEADER);
  const convex = await openServiceClient("webchat-session");
  const opened = await convex.mutation(api.webchat.sessions.open, {
    slug,
    address: address === null ? null : hashAddress(key, { address, slug }),
  });
  if (opened.kind === "closed") return answer(404, { error: "closed" });
  if (opened.kind === "limited") return answer(429, { error: "limited", retryAfterMs: opened.retryAfterMs });
  const { orgId } = opened;
  const visitorId = visitorIdOf(await knowVisitor(request, orgId), orgId);
  return answer(200, { token: await mintVisitorToken(key, { orgId, visitorId, now: Date.now() }) });
}

/** The secret of this browser for this organization, kept for another year. */
async function knowVisitor(request: Request, orgId: string): Promise<string> {
  const jar = await cookies();
  const name = cookieNameOf(orgId);
  const secret = parseVisitorSecret(jar.get(name)?.value) ?? newVisitorSecret();
  const secure = new URL(request.url).protocol === "https:" || request.headers.get("x-forwarded-proto") === "https";
  jar.set(name, secret, { httpOnly: true, sameSite: "lax", secure, path: "/api/webchat", maxAge: COOKIE_LIVES_S });
  return secret;
}

function answer(status: number, body: Record<string, string | number>): Response {
  return Response.json(body, { status, headers: { "Cache-Control": "no-store" } });
}
