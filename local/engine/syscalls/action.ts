import type { ActionScope } from "../context.ts";
import { searchVectors } from "../database/vector-search.ts";
import { DeveloperError } from "../errors.ts";
import { createHandle, resolveAddress, shownPath } from "../functions/addresses.ts";
import { cancelJob, scheduleJob } from "../scheduler/jobs.ts";
import type { FileStorage } from "../storage/files.ts";
import type { Transaction } from "../store/transaction.ts";
import type { ComponentPath, JsonObject, Upload } from "../types.ts";
import { requireField, requireString, tableOf, unsupported } from "./arguments.ts";
import { auditLog, deploymentMetadata, requestMetadata } from "./deployment.ts";
import { storageMetadata, storageUrl } from "./transactional.ts";

type Operation = (scope: ActionScope, args: JsonObject) => string | Promise<string>;

/** What an action may ask for; whatever touches documents is a transaction of its own. Each answers with JSON text. */
export const ACTION_OPERATIONS: ReadonlyMap<string, Operation> = tableOf({
  "1.0/actions/query": (scope, args) => scope.call({ ...called(scope, args), kind: "query" }),
  "1.0/actions/mutation": (scope, args) => scope.call({ ...called(scope, args), kind: "mutation" }),
  "1.0/actions/action": (scope, args) => scope.call({ ...called(scope, args), kind: "action" }),
  "1.0/actions/schedule": (scope, args) =>
    JSON.stringify(scope.context.store.write((tx) => scheduleJob({ ...scope, tx }, args)).value),
  "1.0/actions/cancel_job": ({ context, target }, args) => {
    const job = { component: target.component.path, id: requireString(args, "id") };
    context.store.write((tx) => cancelJob(tx, job, context.clock.now()));
    return "null";
  },
  "1.0/actions/vectorSearch": ({ context, target }, args) =>
    context.store.read((tx) => searchVectors({ tx, component: target.component.path }, args)),
  "1.0/getUserIdentity": (scope) => JSON.stringify(scope.identity),
  "1.0/createFunctionHandle": ({ context, target }, args) =>
    JSON.stringify(createHandle(resolveAddress(context.app(), target.component, args))),
  "1.0/getFunctionMetadata": ({ target }) =>
    JSON.stringify({ name: shownPath(target.path), componentPath: target.component.path }),
  "1.0/getDeploymentMetadata": deploymentMetadata,
  "1.0/getRequestMetadata": requestMetadata,
  "1.0/auditLog": auditLog,
  "1.0/storageGenerateUploadUrl": ({ context, target }) =>
    JSON.stringify(context.storage.createUploadUrl(target.component.path)),
  "1.0/storageGetUrl": (scope, args) => scope.context.store.read((tx) => storageUrl({ ...scope, tx }, args)),
  "1.0/storageGetMetadata": (scope, args) => scope.context.store.read((tx) => storageMetadata({ ...scope, tx }, args)),
  "1.0/storageDelete": ({ context, target }, args) => {
    const storageId = requireString(args, "storageId");
    context.store.write((tx) => context.storage.remove(tx, target.component.path, storageId));
    return "null";
  },
});

/** Where an operation on bytes happens: each is a transaction of its own, or all are part of one that its caller holds. */
export type BytePlace = {
  storage: FileStorage;
  component: ComponentPath;
  transact: <T>(body: (tx: Transaction) => T) => Promise<T>;
};

/** Bytes cross the boundary as objects, not as JSON. */
export async function runByteOperation(
  { storage, component, transact }: BytePlace,
  operation: string,
  args: Record<string, unknown>,
): Promise<unknown> {
  if (operation === "storage/storeBlob") {
    const upload = await readBlob(args);
    return transact((tx) => storage.store(tx, component, upload));
  }
  if (operation === "storage/getBlob") {
    const { storageId } = args;
    if (typeof storageId !== "string") throw new DeveloperError("Expected `storageId` to be a string.");
    const file = await transact((tx) => storage.load(tx, component, storageId));
    return file === null ? null : new Blob([Buffer.from(file.bytes)], { type: file.contentType ?? "" });
  }
  throw unsupported(operation);
}

async function readBlob(args: Record<string, unknown>): Promise<Upload> {
  const { blob, options } = args;
  if (!(blob instanceof Blob)) throw new DeveloperError("Expected a Blob to store.");
  const bytes = new Uint8Array(await blob.arrayBuffer());
  return { bytes, contentType: blob.type === "" ? null : blob.type, sha256: expectedDigest(options) };
}

function expectedDigest(options: unknown): string | null {
  const sha256 = options !== null && typeof options === "object" && "sha256" in options ? options.sha256 : undefined;
  return typeof sha256 === "string" ? sha256 : null;
}

function called(scope: ActionScope, args: JsonObject) {
  const target = resolveAddress(scope.context.app(), scope.target.component, args);
  return { target, args: requireField(args, "args") };
}
