import type { AuthConfig } from "convex/server";
import { SERVICE_AUDIENCE, SERVICE_ISSUER, VISITOR_AUDIENCE, VISITOR_ISSUER } from "../lib/tokens.ts";

// Without `applicationID` a provider's audience is not checked: every provider has one.
const ours = {
  type: "customJwt",
  jwks: process.env.QIFY_TOKEN_JWKS ?? "",
  algorithm: "ES256",
} as const;

export default {
  providers: [
    { domain: process.env.CLERK_JWT_ISSUER_DOMAIN ?? "", applicationID: "convex" },
    { ...ours, issuer: SERVICE_ISSUER, applicationID: SERVICE_AUDIENCE },
    { ...ours, issuer: VISITOR_ISSUER, applicationID: VISITOR_AUDIENCE },
  ],
} satisfies AuthConfig;
