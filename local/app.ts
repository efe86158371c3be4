import type { Children } from "./children.ts";
import type { EmulatorsStarted } from "./emulators/started.ts";
import type { Keys } from "./keys.ts";
import { nextArgs } from "./next.ts";
import type { Environment, WorldOptions } from "./options.ts";

const HEALTH_PATIENCE_MS = 120_000; // a first `next dev` compiles before it answers
const HEALTH_PAUSE_MS = 200;

/** Starts Next on `port`, told of the other parts by its environment alone, and waits until it can work. */
export async function startApp(parts: {
  options: WorldOptions;
  children: Children;
  port: number;
  environment: Environment;
  say: (line: string) => void;
}): Promise<void> {
  const { options, children, port, environment, say } = parts;
  const command = options.mode === "dev" ? "dev" : "start";
  children.start({
    name: "app",
    // `localhost`, never 127.0.0.1: Next would take Clerk's rewrites for those of another host, and proxy to itself.
    args: nextArgs(command, ["--hostname", "localhost", "--port", String(port)]),
    environment: { ...process.env, ...environment },
    onLine: (line) => options.mode === "dev" && say(`app     ${line}`),
  });
  await waitForHealth(`http://127.0.0.1:${port}/api/health`);
}

/** What the app has to know, under the names of `.env.example`. */
export function appEnvironment(parts: {
  keys: Keys;
  convexUrl: string;
  clerkUrl: string;
  clerk: EmulatorsStarted["clerk"];
}): Environment {
  const { keys, convexUrl, clerkUrl, clerk } = parts;
  return {
    CONVEX_URL: convexUrl,
    QIFY_TOKEN_PRIVATE_KEY: keys.tokenPrivateKey,
    QIFY_ENCRYPTION_KEYS: keys.encryptionKeys,
    CLERK_PUBLISHABLE_KEY: clerk.publishableKey,
    CLERK_SECRET_KEY: keys.clerkSecretKey,
    CLERK_WEBHOOK_SIGNING_SECRET: keys.clerkSigningSecret,
    CLERK_JWT_KEY: clerk.jwtPublicKeyPem,
    CLERK_PROXY_URL: "/__clerk",
    CLERK_FAPI_URL: clerkUrl,
    CLERK_API_URL: `${clerkUrl}/bapi`,
    CLERK_TELEMETRY_DISABLED: "1",
    NEXT_PUBLIC_CLERK_TELEMETRY_DISABLED: "1",
    NEXT_TELEMETRY_DISABLED: "1",
    NODE_OPTIONS: "--dns-result-order=ipv4first", // `localhost` is 127.0.0.1, and only that is listened on
  };
}

async function waitForHealth(url: string): Promise<void> {
  const deadline = Date.now() + HEALTH_PATIENCE_MS;
  let last = "no answer";
  while (Date.now() < deadline) {
    try {
      const response = await fetch(url);
      if (response.ok) return;
      last = `${response.status} ${await response.text()}`;
    } catch (error) {
      last = String(error);
    }
    await new Promise((resolve) => setTimeout(resolve, HEALTH_PAUSE_MS));
  }
  throw new Error(`The app did not become healthy: ${url} answered last with ${last}`);
}
