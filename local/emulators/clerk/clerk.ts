import { join } from "node:path";
import { systemClock, type Clock } from "../kit/clock.ts";
import { createEmulator, type Emulator } from "../kit/emulator.ts";
import { FaultPlan } from "../kit/faults.ts";
import { JsonFile } from "../kit/json-file.ts";
import { Router, type IncomingCall } from "../kit/router.ts";
import { startEmulatorServer } from "../kit/server.ts";
import { addAssetRoutes } from "./assets.ts";
import { bapiRoute } from "./bapi/bapi.ts";
import * as bapiInvitations from "./bapi/invitations.ts";
import * as bapiMemberships from "./bapi/memberships.ts";
import * as bapiOrganizations from "./bapi/organizations.ts";
import { addSessionRoutes } from "./bapi/sessions.ts";
import { addUserRoutes } from "./bapi/users.ts";
import { ClerkError, renderClerkError } from "./errors.ts";
import { addClientRoutes } from "./fapi/client.ts";
import { fapiRoute } from "./fapi/fapi.ts";
import { Handshakes } from "./fapi/handshake.ts";
import * as fapiInvitations from "./fapi/invitations.ts";
import { addMeRoutes } from "./fapi/me.ts";
import * as fapiOrganizations from "./fapi/organizations.ts";
import { addSignInRoutes } from "./fapi/sign-ins.ts";
import { addSignUpRoutes } from "./fapi/sign-ups.ts";
import { describeInstance, type Instance } from "./instance.ts";
import { loadSigningKeys } from "./keys.ts";
import { addOidcRoutes } from "./oidc.ts";
import { seedClerk, type ClerkSeed } from "./seed.ts";
import { ClerkStore } from "./store.ts";
import type { TokenSource } from "./tokens.ts";
import { startWebhooks } from "./webhooks.ts";

export type ClerkEmulatorOptions = {
  /** Where it is served, with its port: `http://127.0.0.1:3220`. */
  url: string;
  /** Folder of its state and its signing key; made when it is not there. */
  directory: string;
  /** Who is told of changes; none is fine. */
  webhookUrls: readonly string[];
  /** `whsec_` and base64: signs the webhooks. */
  signingSecret: string;
  /** `sk_test_…`: what the Backend API and the app's proxy must present. */
  secretKey: string;
  clock?: Clock;
};

export type ClerkEmulator = Emulator & {
  /** What the app, its server and Convex are configured with. */
  instance: Instance;
  /** For `CLERK_JWT_KEY`: tokens can be verified without asking. */
  jwtPublicKeyPem: string;
  store: ClerkStore;
  /** See `seedClerk`. What was seeded comes back after `POST /_reset`. */
  seed(seed: ClerkSeed): void;
  /** Resolves when no webhook is on its way. */
  settled(): Promise<void>;
  /** Writes the state and takes back all retries, which the next start resumes. */
  close(): Promise<void>;
};

/** Clerk for one machine: Frontend API, Backend API under `/bapi`, OIDC, browser bundles and webhooks. Mount it at the server's root. */
export function createClerkEmulator(options: ClerkEmulatorOptions): ClerkEmulator {
  const { url, directory, webhookUrls, signingSecret, secretKey, clock = systemClock } = options;
  const instance = describeInstance(url);
  const keys = loadSigningKeys(join(directory, "signing-key.pem"));
  const store = new ClerkStore({ clock, file: new JsonFile(join(directory, "state.json")) });
  const faults = new FaultPlan();
  const webhooks = startWebhooks({ store, faults, urls: webhookUrls, signingSecret });
  const seeds: ClerkSeed[] = [];
  const emulator = createEmulator({
    router: createRoutes({ source: { store, keys, instance }, secretKey }),
    clock,
    faults,
    inspect: () => inspect(store),
    reset() {
      webhooks.clear();
      store.clear();
      for (const seed of seeds) seedClerk(store, seed);
    },
    renderFault: (status) => renderClerkError(injectedError(status)),
    renderUnknownRoute: (call) => renderClerkError(unknownRoute(call)),
    renderError,
  });
  return {
    routes: () => emulator.routes(),
    respond: (incoming) => emulator.respond({ ...incoming, method: incoming.query.get("_method") ?? incoming.method }),
    instance,
    jwtPublicKeyPem: keys.publicKeyPem,
    store,
    seed(seed) {
      seeds.push(seed);
      seedClerk(store, seed);
    },
    settled: () => webhooks.settled(),
    async close() {
      await webhooks.close();
      store.flush();
    },
  };
}

/** The emulator alone on a server of its own. `port` 0 takes any free one. */
export async function startClerkEmulator({
  port,
  host = "127.0.0.1",
  ...options
}: Omit<ClerkEmulatorOptions, "url"> & { port: number; host?: string }) {
  const server = await startEmulatorServer({ port, host });
  const emulator = createClerkEmulator({ ...options, url: server.url });
  server.mount("/", emulator);
  return {
    url: server.url,
    publishableKey: emulator.instance.publishableKey,
    issuer: emulator.instance.issuer,
    jwtPublicKeyPem: emulator.jwtPublicKeyPem,
    secretKey: options.secretKey,
    signingSecret: options.signingSecret,
    emulator,
    async close() {
      await server.close();
      await emulator.close();
    },
  };
}

function createRoutes({ source, secretKey }: { source: TokenSource; secretKey: string }): Router {
  const router = new Router();
  const handshakes = new Handshakes();
  addOidcRoutes({ router, ...source });
  addAssetRoutes(router);
  const fapi = fapiRoute({ router, secretKey, ...source });
  addClientRoutes(fapi, handshakes);
  addSignInRoutes(fapi);
  addSignUpRoutes(fapi);
  addMeRoutes(fapi);
  fapiOrganizations.addOrganizationRoutes(fapi);
  fapiInvitations.addInvitationRoutes(fapi);
  const bapi = bapiRoute({ router, secretKey, ...source });
  addSessionRoutes(bapi, { source, handshakes });
  addUserRoutes(bapi, source.store);
  bapiOrganizations.addOrganizationRoutes(bapi, source.store);
  bapiMemberships.addMembershipRoutes(bapi, source.store);
  bapiInvitations.addInvitationRoutes(bapi, source.store);
  return router;
}

function inspect({ state }: ClerkStore) {
  const users = state.users.map(({ id, email, firstName, lastName }) => ({ id, email, firstName, lastName }));
  const { organizations, memberships, invitations, sessions, emails, deliveries } = state;
  return { users, organizations, memberships, invitations, sessions, emails, deliveries };
}

function injectedError(status: number): ClerkError {
  if (status === 429) {
    return new ClerkError({
      status,
      code: "too_many_requests",
      message: "Too many requests. Please try again in a bit.",
    });
  }
  return new ClerkError({ status, code: "internal_clerk_error", message: "Oops, an unexpected error occurred" });
}

function unknownRoute({ method, path }: IncomingCall): ClerkError {
  return new ClerkError({
    status: 404,
    code: "emulator_unknown_route",
    message: `The Clerk emulator has no ${method} ${path}`,
  });
}

function renderError(error: unknown): Response {
  if (error instanceof ClerkError) return renderClerkError(error);
  throw error;
}
