import { parseNextEnv } from "@/lib/env.ts";
import { probeConvex } from "./probe-convex.ts";

// The answer is about this moment: it must never be rendered at build time.
export const dynamic = "force-dynamic";

const LIMIT_MS = 2000;

/** `{ ok, convex: "ok" | "unreachable" }`: 200 when Qify can work, else 503. Never cached. */
export async function GET(): Promise<Response> {
  const convex = await probeConvex(parseNextEnv().CONVEX_URL, LIMIT_MS);
  const ok = convex === "ok";
  return Response.json({ ok, convex }, { status: ok ? 200 : 503, headers: { "Cache-Control": "no-store" } });
}
