import type { TransactionalScope } from "../context.ts";
import { DeveloperError } from "../errors.ts";
import { createHandle, resolveAddress, shownPath } from "../functions/addresses.ts";
import { cancelJob, scheduleJob } from "../scheduler/jobs.ts";
import type { JsonObject, Upload } from "../types.ts";
import { wrapInt64 } from "../values/wrapped.ts";
import { requireField, requireString, tableOf } from "./arguments.ts";
import { auditLog, deploymentMetadata, requestMetadata, signJwt } from "./deployment.ts";
import { parseBudget, transactionMetrics } from "./transaction-limits.ts";

type Operation = (scope: TransactionalScope, args: JsonObject) => string;

/** What a query or mutation may ask for beside documents (those are database/'s). Each answers with JSON text. */
export const TRANSACTIONAL_OPERATIONS: ReadonlyMap<string, Operation> = tableOf({
  "1.0/runUdf": runFunction,
  "1.0/getUserIdentity": (scope) => {
    scope.tx.usedIdentity = true;
    return JSON.stringify(scope.identity);
  },
  "1.0/createFunctionHandle": ({ context, target }, args) =>
    JSON.stringify(createHandle(resolveAddress(context.app(), target.component, args))),
  "1.0/getFunctionMetadata": ({ target }) =>
    JSON.stringify({ name: shownPath(target.path), componentPath: target.component.path }),
  "1.0/getTransactionMetrics": ({ tx }) => transactionMetrics(tx),
  "1.0/getDeploymentMetadata": deploymentMetadata,
  "1.0/getRequestMetadata": (scope) => {
    requireWritable(scope, "read the request's metadata");
    return requestMetadata(scope);
  },
  "1.0/auditLog": (scope, args) => {
    requireWritable(scope, "write an audit log");
    return auditLog(scope, args);
  },
  "1.0/signJwt": (scope, args) => {
    requireWritable(scope, "sign a JWT");
    return signJwt(scope, args);
  },
  "1.0/schedule": (scope, args) => {
    requireWritable(scope, "schedule a function");
    return JSON.stringify(scheduleJob(scope, args));
  },
  "1.0/cancel_job": (scope, args) => {
    requireWritable(scope, "cancel a scheduled function");
    const id = requireString(args, "id");
    if (scope.job?.kind === "mutation" && scope.job.id === id)
      throw new DeveloperError("A mutation cannot cancel itself");
    cancelJob(scope.tx, { component: scope.target.component.path, id }, scope.context.clock.now());
    return "null";
  },
  "1.0/storageGenerateUploadUrl": (scope) => {
    requireWritable(scope, "generate an upload URL");
    return JSON.stringify(scope.context.storage.createUploadUrl(scope.target.component.path));
  },
  "1.0/storageGetUrl": storageUrl,
  "1.0/storageGetMetadata": storageMetadata,
  "1.0/storageStore": (scope, args) => {
    requireWritable(scope, "store a file");
    const { context, target, tx } = scope;
    const upload = parseUpload(args);
    tx.meter.countFileWritten(upload.bytes.byteLength);
    return JSON.stringify(context.storage.store(tx, target.component.path, upload));
  },
  "1.0/storageGet": (scope, args) => {
    requireWritable(scope, "read a file");
    const { context, target, tx } = scope;
    const file = context.storage.load(tx, target.component.path, requireString(args, "storageId"));
    if (file === null) return "null";
    tx.meter.countFileRead(file.bytes.byteLength);
    return JSON.stringify({ blob: Buffer.from(file.bytes).toString("base64"), contentType: file.contentType });
  },
  "1.0/storageDelete": (scope, args) => {
    requireWritable(scope, "delete a file");
    scope.context.storage.remove(scope.tx, scope.target.component.path, requireString(args, "storageId"));
    return "null";
  },
});

/** What a query or mutation may ask for without waiting. */
export const SYNCHRONOUS_OPERATIONS: ReadonlyMap<string, Operation> = tableOf({
  "1.0/getSnapshotTs": ({ tx }) => JSON.stringify(wrapInt64(tx.snapshotTimestamp)),
});

function runFunction(scope: TransactionalScope, args: JsonObject): string {
  const kind = requireString(args, "udfType");
  if (kind !== "query" && kind !== "mutation" && kind !== "snapshotQuery") {
    throw new DeveloperError(`Cannot call a function as ${kind}.`);
  }
  if (kind === "mutation" && !scope.writable) {
    throw new DeveloperError("Cannot call a mutation function from a query function");
  }
  if (kind === "snapshotQuery" && !scope.writable) {
    throw new DeveloperError("Only a mutation can ask for a stale snapshot");
  }
  const target = resolveAddress(scope.context.app(), scope.target.component, args);
  return scope.callNested({ target, kind, args: requireField(args, "args"), budget: parseBudget(args) });
}

/** Bytes come as base64: only text crosses this boundary. */
function parseUpload(args: JsonObject): Upload {
  const { contentType, sha256 } = args;
  return {
    bytes: Buffer.from(requireString(args, "blob"), "base64"),
    contentType: typeof contentType === "string" && contentType !== "" ? contentType : null,
    sha256: typeof sha256 === "string" ? sha256 : null,
  };
}

/** Shared with actions, which read in a transaction of their own. */
export function storageUrl(scope: Pick<TransactionalScope, "context" | "target" | "tx">, args: JsonObject): string {
  const storageId = requireString(args, "storageId");
  const { path } = scope.target.component;
  const row = scope.context.storage.loadRow(scope.tx, path, storageId);
  return JSON.stringify(row === null ? null : scope.context.storage.urlOf(path, storageId));
}

export function storageMetadata(
  scope: Pick<TransactionalScope, "context" | "target" | "tx">,
  args: JsonObject,
): string {
  const storageId = requireString(args, "storageId");
  const row = scope.context.storage.loadRow(scope.tx, scope.target.component.path, storageId);
  if (row === null) return "null";
  return JSON.stringify({ storageId, sha256: row.sha256, size: row.size, contentType: row.contentType ?? null });
}

function requireWritable(scope: TransactionalScope, what: string): void {
  if (!scope.writable) throw new DeveloperError(`A query cannot ${what}.`);
}
