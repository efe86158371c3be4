/**
 * The tokens that Qify signs itself, beside Clerk's for people: one key pair, and an issuer with an audience of its own for
 * each kind of caller, so that one kind can never pass for another whatever its subject says.
 */
export const SERVICE_ISSUER = "https://tokens.qify.dev";
export const SERVICE_AUDIENCE = "qify-service";

export const VISITOR_ISSUER = "https://visitors.qify.dev";
export const VISITOR_AUDIENCE = "qify-visitor";

/** Somebody who chats on an organization's page. Ids are texts as the token carries them: nothing is looked up yet. */
export type VisitorSubject = { orgId: string; visitorId: string };

/** Whether we signed it ourselves: no person's token has such an issuer. */
export function isOwnIssuer(issuer: string): boolean {
  return issuer === SERVICE_ISSUER || issuer === VISITOR_ISSUER;
}

/** The Next route that a service's subject (`service:<route>`) names; null when it has another form. */
export function parseServiceSubject(subject: string): string | null {
  return /^service:(.+)$/.exec(subject)?.[1] ?? null;
}

export function renderVisitorSubject({ orgId, visitorId }: VisitorSubject): string {
  return `visitor:${orgId}:${visitorId}`;
}

/** What `renderVisitorSubject` made; null for any other form. */
export function parseVisitorSubject(subject: string): VisitorSubject | null {
  const [, orgId, visitorId] = /^visitor:(\w+):([0-9a-f]{32})$/.exec(subject) ?? [];
  return orgId === undefined || visitorId === undefined ? null : { orgId, visitorId };
}
