/**
 * The tokens that Qify signs itself, beside Clerk's for people. One issuer, two audiences: `service` for Next routes
 * that call Convex (`sub` = `service:<route>`), `visitor` for the web chat (`sub` = `visitor:<id>`).
 */
export const TOKEN_ISSUER = "https://tokens.qify.dev";
export const SERVICE_AUDIENCE = "qify-service";
export const VISITOR_AUDIENCE = "qify-visitor";

/** Who a token of ours was made for, by its subject; null when the subject has another form. */
export function parseSubject(subject: string): { kind: "service" | "visitor"; name: string } | null {
  const [, kind, name] = /^(service|visitor):(.+)$/.exec(subject) ?? [];
  if (name === undefined) return null;
  return { kind: kind === "service" ? "service" : "visitor", name };
}
