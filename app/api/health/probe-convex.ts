/** Whether a Convex deployment answers `GET /version` within the limit. */
export async function probeConvex(convexUrl: string, limitMs: number): Promise<"ok" | "unreachable"> {
  try {
    const response = await fetch(new URL("/version", convexUrl), {
      cache: "no-store",
      signal: AbortSignal.timeout(limitMs),
    });
    return response.ok ? "ok" : "unreachable";
  } catch {
    // Refused, reset, unresolved or too slow: for a health check these are one answer.
    return "unreachable";
  }
}
