import type { TestConvex } from "convex-test";
import type { GenericSchema, SchemaDefinition, UserIdentity } from "convex/server";
import type { FunctionKind, Identity, Json } from "../types.ts";
import type { TestBackend } from "./backend.ts";
import { callFunction, callInline } from "./functions.ts";
import { finishAll, finishInProgress } from "./jobs.ts";

/** A backend as `convex-test` shows it, for one caller. */
export function accessorOf<Schema extends GenericSchema>(
  backend: TestBackend,
  identity: Identity | null = null,
): TestConvex<SchemaDefinition<Schema, boolean>> {
  // Arguments are `unknown`: their types depend on each other, and it is the caller's side that states them.
  const calling = (kind: FunctionKind) => async (what: unknown, args?: unknown) =>
    typeof what === "function"
      ? callInline(backend, { kind, code: what, identity })
      : callFunction(backend, { kind, reference: what, args, identity });
  return {
    query: calling("query"),
    mutation: calling("mutation"),
    action: calling("action"),
    run: async (code: unknown) => callInline(backend, { kind: "mutation", code, identity, bytes: true }),
    fetch: async (path: string, init?: RequestInit) => {
      const request = new Request(`${backend.options.siteUrl}${path}`, init);
      return backend.engine.runHttpAction(request, identity);
    },
    withIdentity: (claims: Partial<UserIdentity>) => accessorOf<Schema>(backend, identityOf(claims)),
    withRequestMetadata: () => {
      throw new Error("1.0/getRequestMetadata is not supported by the local engine yet");
    },
    registerComponent: (path: string) => {
      if (!backend.context.app().components.has(path))
        throw new Error(`convex.config installs no component at ${path}`);
    },
    finishInProgressScheduledFunctions: async () => finishInProgress(backend),
    finishAllScheduledFunctions: async (advanceTimers: () => void, maxIterations?: number) =>
      finishAll(backend, advanceTimers, maxIterations),
  };
}

function identityOf(claims: Partial<UserIdentity>): Identity {
  const json: Record<string, Json> = JSON.parse(JSON.stringify(claims));
  const { issuer = "https://convex.test", subject = `subject of ${JSON.stringify(claims)}` } = claims;
  return { ...json, issuer, subject, tokenIdentifier: claims.tokenIdentifier ?? `${issuer}|${subject}` };
}
