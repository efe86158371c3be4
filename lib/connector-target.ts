/** Where a connection's calls go, with its secret opened. For actions: it needs Node and the environment. */
import type { Target } from "./connectors/types.ts";
import { open, parseKeyRing, type Sealed } from "./crypto.ts";
import { parseOutboundEnv, parseSecretsEnv } from "./env.ts";
import { createGuardedFetch, parseAllowedHosts } from "./guarded-fetch.ts";

export type SealedTarget = {
  orgId: string;
  connectionId: string;
  account: string;
  /** Null where we are the provider ourselves. */
  server: { baseUrl: string; token: Sealed } | null;
};

/** Throws `SealBroken` or an `EnvironmentError`. */
export async function openTarget({ orgId, connectionId, account, server }: SealedTarget): Promise<Target> {
  if (server === null) return targetWithoutServer(account);
  const ring = parseKeyRing(parseSecretsEnv().QIFY_ENCRYPTION_KEYS);
  const token = await open(ring, { sealed: server.token, place: { orgId, connectionId, kind: "token" } });
  return targetOf({ baseUrl: server.baseUrl, account, token });
}

/** The same with a token that is known already. */
export function targetOf(target: { baseUrl: string; account: string; token: string }): Target {
  const allowed = parseAllowedHosts(parseOutboundEnv().QIFY_OUTBOUND_ALLOW ?? "");
  return { ...target, fetch: createGuardedFetch({ allowed }), now: Date.now };
}

/** For a connector that calls nobody: a request to anywhere is a mistake. */
function targetWithoutServer(account: string): Target {
  const refuse = () => Promise.reject(new Error("This connection has no server to call"));
  return { fetch: refuse, baseUrl: "", account, token: "", now: Date.now };
}
