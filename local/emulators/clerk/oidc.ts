import type { Router } from "../kit/router.ts";
import type { Instance } from "./instance.ts";
import type { SigningKeys } from "./keys.ts";

/** Discovery and keys: what Convex (or any OIDC client) asks the issuer for. */
export function addOidcRoutes({
  router,
  instance,
  keys,
}: {
  router: Router;
  instance: Instance;
  keys: SigningKeys;
}): void {
  const { issuer } = instance;
  router.on("GET", "/.well-known/jwks.json", () => Response.json(keys.jwks));
  router.on("GET", "/.well-known/openid-configuration", () =>
    Response.json({
      issuer,
      jwks_uri: `${issuer}/.well-known/jwks.json`,
      authorization_endpoint: `${issuer}/oauth/authorize`,
      token_endpoint: `${issuer}/oauth/token`,
      response_types_supported: ["code"],
      subject_types_supported: ["public"],
      id_token_signing_alg_values_supported: ["RS256"],
    }),
  );
}
