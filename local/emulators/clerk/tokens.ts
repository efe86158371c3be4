import { randomBytes } from "node:crypto";
import type { Instance } from "./instance.ts";
import type { SigningKeys } from "./keys.ts";
import { displayName, imageUrl } from "./shapes.ts";
import type { Session } from "./state.ts";
import type { ClerkStore } from "./store.ts";

const LIFETIME_S = 60;
/** Tokens are valid a little before they are made, for clocks that disagree. */
const LEEWAY_S = 10;
/** Header `cat` of Clerk: which kind of token this is. A template token is refused where a session is asked for. */
const SESSION_CATEGORY = "cl_B7d4PD111AAA";
const TEMPLATE_CATEGORY = "cl_B7d4PD222AAA";
/** The one JWT template that the instance has. */
export const CONVEX_TEMPLATE = "convex";

export type TokenSource = { store: ClerkStore; keys: SigningKeys; instance: Instance };
type TokenRequest = {
  session: Session;
  /** Origin of the app that asked (`azp`), when it is known. */
  origin?: string | undefined;
};

/** A session token, version 2, with Clerk's native Convex audience. It names the active organization only to its members. */
export function signSessionToken(source: TokenSource, { session, origin }: TokenRequest): string {
  const { store, keys } = source;
  const membership = store.findMembership(session.organizationId, session.userId);
  const organization = membership && store.findOrganization(membership.organizationId);
  const organizationClaim = organization && {
    id: organization.id,
    rol: membership.role.replace(/^org:/, ""),
    slg: organization.slug,
  };
  const claims = {
    ...commonClaims(source, { session, origin }),
    aud: CONVEX_TEMPLATE,
    fva: factorAge(store, session),
    ...(organizationClaim && { o: organizationClaim }),
    sid: session.id,
    sts: "active",
    v: 2,
  };
  return keys.signJwt(claims, { cat: SESSION_CATEGORY });
}

/** A token of the `convex` JWT template: who, and the active organization in flat claims. */
export function signConvexTemplateToken(source: TokenSource, { session, origin }: TokenRequest): string {
  const { store, keys } = source;
  const user = store.requireUser(session.userId);
  const membership = store.findMembership(session.organizationId, session.userId);
  const organization = membership && store.findOrganization(membership.organizationId);
  const claims = {
    ...commonClaims(source, { session, origin }),
    aud: CONVEX_TEMPLATE,
    name: displayName(user),
    email: user.email,
    email_verified: true,
    picture: imageUrl(user.id, displayName(user)),
    org_id: organization?.id ?? null,
    org_role: membership?.role ?? null,
    org_slug: organization?.slug ?? null,
  };
  return keys.signJwt(claims, { cat: TEMPLATE_CATEGORY });
}

/** Minutes since the first factor was verified; the second never was. */
export function factorAge(store: ClerkStore, session: Session): [number, number] {
  return [Math.max(0, Math.floor((store.now() - session.createdAt) / 60_000)), -1];
}

function commonClaims({ store, instance }: TokenSource, { session, origin }: TokenRequest) {
  const issuedAt = Math.floor(store.now() / 1000);
  return {
    ...(origin && { azp: origin }),
    exp: issuedAt + LIFETIME_S,
    iat: issuedAt,
    iss: instance.issuer,
    jti: randomBytes(10).toString("hex"),
    nbf: issuedAt - LEEWAY_S,
    sub: session.userId,
  };
}
