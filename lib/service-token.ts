import { importJWK, SignJWT } from "jose";
import type { TokenKey } from "./token-keys.ts";
import { SERVICE_AUDIENCE, SERVICE_ISSUER } from "./tokens.ts";

const LIFETIME_S = 300;
const RENEWAL_S = 60; // a token is replaced this long before it ends, so that none ends on its way

type Minted = { token: string; expiresAtS: number };

/**
 * Signs what our own routes show Convex: `sub` is `service:<route>`, good for five minutes. One token per route serves
 * many requests; every token that `mint` gives is good for at least another minute.
 */
export class ServiceTokens {
  readonly #key: TokenKey;
  readonly #now: () => number;
  readonly #minted = new Map<string, Minted>();

  /** `now` is epoch ms. */
  constructor(key: TokenKey, now: () => number = Date.now) {
    this.#key = key;
    this.#now = now;
  }

  async mint(route: string): Promise<string> {
    const nowS = Math.floor(this.#now() / 1000);
    const known = this.#minted.get(route);
    if (known !== undefined && known.expiresAtS - nowS >= RENEWAL_S) return known.token;
    const expiresAtS = nowS + LIFETIME_S;
    const token = await this.#sign(route, { issuedAtS: nowS, expiresAtS });
    this.#minted.set(route, { token, expiresAtS });
    return token;
  }

  async #sign(route: string, { issuedAtS, expiresAtS }: { issuedAtS: number; expiresAtS: number }): Promise<string> {
    return new SignJWT()
      .setProtectedHeader({ alg: "ES256", kid: this.#key.kid, typ: "JWT" })
      .setIssuer(SERVICE_ISSUER)
      .setAudience(SERVICE_AUDIENCE)
      .setSubject(`service:${route}`)
      .setIssuedAt(issuedAtS)
      .setExpirationTime(expiresAtS)
      .sign(await importJWK(this.#key, "ES256"));
  }
}
