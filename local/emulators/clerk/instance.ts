import { createHash } from "node:crypto";

/** What identifies this Clerk instance to its SDKs; all of it follows from the address it is served at. */
export type Instance = {
  /** `http://127.0.0.1:<port>`: the `iss` of every token and the OIDC issuer. */
  issuer: string;
  publishableKey: string;
  /** Ending of the SDK's per-instance cookies. */
  cookieSuffix: string;
  /** Browser cookie of the client. Cookies ignore ports, so it carries ours: two local worlds must not sign each other out. */
  clientCookie: string;
};

/** Derives the instance from its address, e.g. `http://127.0.0.1:3220`. The host needs a dot for the SDK to accept the key. */
export function describeInstance(url: string): Instance {
  const { host, port } = new URL(url);
  const publishableKey = `pk_test_${Buffer.from(`${host}$`).toString("base64").replaceAll("=", "")}`;
  const digest = createHash("sha1").update(publishableKey).digest("base64url");
  return {
    issuer: `http://${host}`,
    publishableKey,
    cookieSuffix: digest.slice(0, 8),
    clientCookie: `__client_${port || "80"}`,
  };
}
