import { actionGeneric, getFunctionName, mutationGeneric, queryGeneric } from "convex/server";
import { ConvexError, convexToJson, jsonToConvex } from "convex/values";
import { analyzeFunctions } from "../bundle/analysis.ts";
import { parseFunctionPath } from "../functions/addresses.ts";
import { callMethod, property } from "../runtime/foreign.ts";
import type { FunctionKind, FunctionMeta, FunctionPath, Identity, Json } from "../types.ts";
import type { TestBackend } from "./backend.ts";
import { callHeld } from "./held-call.ts";
import { actOwn } from "./own-action.ts";

export type TestCall = {
  kind: FunctionKind;
  /** A function reference, `api.module.name`. */
  reference: unknown;
  args: unknown;
  identity: Identity | null;
};

/** Code of the test that takes a context. */
export type InlineCall = {
  kind: FunctionKind;
  code: unknown;
  identity: Identity | null;
  /** The mutation's storage can also take and give bytes, as an action's can. */
  bytes?: boolean;
};

/** A function of the test's own realm, as the client library registered it. */
type OwnFunction = { registered: unknown; path: FunctionPath; meta: FunctionMeta };

const METHODS = { query: "invokeQuery", mutation: "invokeMutation", action: "invokeAction" } as const;

/** Calls any function of the app by its reference, or one that the test planted beside them. */
export async function callFunction(backend: TestBackend, call: TestCall) {
  const { kind, reference, identity } = call;
  const path = parseFunctionPath(Reflect.apply(getFunctionName, undefined, [reference]));
  const args = parseArguments(call.args);
  const planted = await findPlanted(backend, path);
  if (planted !== null) {
    if (planted.meta.kind !== kind) throw new Error(`${path} is a ${planted.meta.kind}, and was called as a ${kind}`);
    return callOwn(backend, planted, { args, identity });
  }
  const { store } = backend.context;
  while (store.held !== null) await store.held;
  const named = { component: "", path, args, identity, publicOnly: false };
  const result =
    kind === "query"
      ? backend.engine.runQuery(named)
      : kind === "mutation"
        ? backend.engine.runMutation(named)
        : await backend.engine.runAction(named);
  if (result.ok) return parseValue(result.value);
  if (result.errorData !== undefined) throw new ConvexError(jsonToConvex(result.errorData));
  throw new Error(result.errorMessage);
}

/** Runs code of the test as a query, a mutation or an action. */
export async function callInline(backend: TestBackend, { kind, code, identity, bytes = false }: InlineCall) {
  const apply = async (ctx: object) => callFunctionValue(code, ctx);
  const register = {
    query: () => queryGeneric({ handler: apply }),
    mutation: () =>
      mutationGeneric({ handler: async (ctx) => apply(bytes ? { ...ctx, storage: await byteStorage() } : ctx) }),
    action: () => actionGeneric({ handler: apply }),
  };
  const registered = register[kind]();
  const path = "inline:code";
  const meta = analyzeFunctions({ inline: { code: registered } }, "isolate").get(path);
  if (meta === undefined) throw new Error("The client library did not register the code");
  return callOwn(backend, { registered, path, meta }, { args: {}, identity });
}

/** What an action has for files; it asks by the running request, which is the caller's. */
async function byteStorage(): Promise<unknown> {
  let storage: unknown;
  const lender = actionGeneric({
    handler: async (ctx) => {
      storage = ctx.storage;
    },
  });
  await callMethod(lender, "invokeAction", "", "[{}]");
  return storage;
}

function callFunctionValue(code: unknown, ctx: object): unknown {
  if (typeof code !== "function") throw new TypeError("Expected a function that takes a context");
  return Reflect.apply(code, undefined, [ctx]);
}

/** Calls a function that lives in the test's own realm. */
async function callOwn(
  backend: TestBackend,
  { registered, path, meta }: OwnFunction,
  { args, identity }: { args: Json; identity: Identity | null },
) {
  const isAction = meta.kind === "action";
  const invoke = async (argsJson: string) =>
    String(await callMethod(registered, METHODS[meta.kind], ...(isAction ? ["", argsJson] : [argsJson])));
  const invocation = { path, meta, args, identity, invoke };
  try {
    return parseValue(await (isAction ? actOwn(backend, invocation) : callHeld(backend.context, invocation)));
  } catch (error) {
    throw withParsedData(error);
  }
}

function parseArguments(args: unknown): Json {
  return Reflect.apply(convexToJson, undefined, [args ?? {}]);
}

/** The caller knows what its function returns. */
function parseValue(text: string) {
  return Reflect.apply(jsonToConvex, undefined, [JSON.parse(text)]);
}

async function findPlanted({ options }: TestBackend, path: FunctionPath): Promise<OwnFunction | null> {
  const [module = "", name = ""] = path.split(":");
  const exports = await options.planted[`./${module}.ts`]?.();
  if (exports === undefined) return null;
  const meta = analyzeFunctions({ [module]: exports }, "isolate").get(path);
  return meta === undefined ? null : { registered: exports[name], path, meta };
}

/** The client library leaves a ConvexError's data as JSON text: what takes it across a realm's border parses it. */
function withParsedData(error: unknown): unknown {
  const text = property(error, "data");
  if (!(error instanceof ConvexError) || typeof text !== "string") return error;
  const parsed = new ConvexError(jsonToConvex(JSON.parse(text)));
  parsed.stack = error.stack ?? "";
  return parsed;
}
