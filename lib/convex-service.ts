import { ConvexHttpClient } from "convex/browser";
import { parseNextEnv, parseTokenEnv } from "./env.ts";
import { fetchOverKeptConnections } from "./kept-connections.ts";
import { ServiceTokens } from "./service-token.ts";
import type { TokenKey } from "./token-keys.ts";

/** Longer than any function may run, shorter than providers wait for our answer. */
const LIMIT_MS = 10_000;

let tokens: { kid: string; minter: ServiceTokens } | undefined;

/**
 * A client for the `service*` functions, for one request: a client queues its mutations, and requests must not wait for
 * each other. Its calls throw when Convex does not answer within ten seconds. `route` names the caller to Convex.
 */
export async function openServiceClient(route: string): Promise<ConvexHttpClient> {
  const client = new ConvexHttpClient(parseNextEnv().CONVEX_URL, {
    logger: false, // what functions print belongs in Convex's log, not in ours
    fetch: fetchOverKeptConnections(LIMIT_MS),
  });
  client.setAuth(await minterFor(parseTokenEnv().QIFY_TOKEN_PRIVATE_KEY).mint(route));
  return client;
}

/** The minter outlives a request, so that its tokens are used again; a key that was replaced gets a new one. */
function minterFor(key: TokenKey): ServiceTokens {
  if (tokens?.kid !== key.kid) tokens = { kid: key.kid, minter: new ServiceTokens(key) };
  return tokens.minter;
}
