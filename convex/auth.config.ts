import type { AuthConfig } from "convex/server";
import { SERVICE_AUDIENCE, TOKEN_ISSUER, VISITOR_AUDIENCE } from "../lib/tokens.ts";

// Without `applicationID` a provider's audience is not checked: every provider has one.
const ours = {
  type: "customJwt",
  issuer: TOKEN_ISSUER,
  jwks: process.env.QIFY_TOKEN_JWKS ?? "",
  algorithm: "ES256",
} as const;

export default {
  providers: [
    { domain: process.env.CLERK_JWT_ISSUER_DOMAIN ?? "", applicationID: "convex" },
    { ...ours, applicationID: SERVICE_AUDIENCE },
    { ...ours, applicationID: VISITOR_AUDIENCE },
  ],
} satisfies AuthConfig;
