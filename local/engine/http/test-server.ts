/** A server on free ports in front of a test engine, stopped when the test ends. */
import { onTestFinished } from "vitest";
import { createTestIssuer, type TestIssuer } from "../auth/test-issuer.ts";
import { TestEngine, type TestFunction } from "../sync/test-engine.ts";
import { TEST_FUNCTIONS } from "../sync/test-functions.ts";
import type { Clock, Identity } from "../types.ts";
import { type RunningServer, startServer } from "./server.ts";

export const ADMIN_KEY = "local|key";

export type TestServer = RunningServer & { engine: TestEngine; issuer: TestIssuer; faults: unknown[] };

export async function startTestServer(
  options: {
    functions?: Readonly<Record<string, TestFunction>>;
    serveHttp?: (request: Request, identity: Identity | null) => Promise<Response>;
    /** The machine's when left out. */
    clock?: Clock;
  } = {},
): Promise<TestServer> {
  const issuer = await createTestIssuer("ES256");
  const faults: unknown[] = [];
  const engine = new TestEngine(
    { ...TEST_FUNCTIONS, ...options.functions },
    { ...options, authProviders: [issuer.provider()] },
  );
  const server = await startServer({
    engine,
    port: 0,
    sitePort: 0,
    adminKey: ADMIN_KEY,
    clock: options.clock ?? Date,
    report: (fault) => void faults.push(fault),
  });
  onTestFinished(() => server.close());
  return { ...server, engine, issuer, faults };
}
