/**
 * An engine for tests of the doors: plain functions over an ordered map, with real read ranges, commits and
 * exactly-once requests, and nothing else. It keeps its contents while servers in front of it come and go.
 */
import { SyscallError } from "../errors.ts";
import { asObject } from "../json.ts";
import type {
  ActionResult,
  AuthProvider,
  Call,
  Clock,
  Commit,
  ComponentPath,
  EngineCalls,
  Failure,
  Identity,
  IndexWrite,
  Json,
  JsonObject,
  MutationResult,
  QueryResult,
  ReadRange,
  RequestKey,
  StoredFile,
  Upload,
} from "../types.ts";

/** The one index of the map: keys are the UTF-8 bytes of the map's keys. */
export const TEST_INDEX = 1;

/** What a function may do. Keys are strings in order of their bytes. */
export type TestContext = {
  get: (key: string) => Json;
  /** Values of every key that starts with the prefix, in order. */
  list: (prefix: string) => Json[];
  put: (key: string, value: Json) => void;
  identity: () => Identity | null;
  log: (line: string) => void;
  /** The journal of the execution before, and the one to hand to the next. */
  journal: string | null;
};

export type TestActionContext = {
  runQuery: (path: string, args: JsonObject) => string;
  runMutation: (path: string, args: JsonObject) => string;
};

export type TestFunction = { visibility?: "internal"; component?: string } & (
  | { kind: "query" | "mutation"; run: (context: TestContext, args: JsonObject) => Json }
  | { kind: "action"; run: (context: TestActionContext, args: JsonObject) => Promise<Json> }
);

type Execution = {
  reads: ReadRange[];
  writes: Map<string, Json>;
  logLines: string[];
  usedIdentity: boolean;
  journal: string | null;
};

type Options = {
  clock?: Clock;
  authProviders?: readonly AuthProvider[];
  serveHttp?: (request: Request, identity: Identity | null) => Promise<Response>;
};

export class TestEngine implements EngineCalls {
  /** How often each query ran. */
  readonly executions = new Map<string, number>();
  readonly files = new Map<string, StoredFile>();
  readonly uploadTokens = new Set<string>();
  readonly #functions: Readonly<Record<string, TestFunction>>;
  readonly #options: Options;
  readonly #documents = new Map<string, Json>();
  readonly #responses = new Map<string, MutationResult>();
  readonly #listeners = new Set<(commit: Commit) => void>();
  readonly #reloadListeners = new Set<() => void>();
  #timestamp: bigint;

  constructor(functions: Readonly<Record<string, TestFunction>>, options: Options = {}) {
    this.#functions = functions;
    this.#options = options;
    this.#timestamp = this.#wallClock();
  }

  latestTimestamp(): bigint {
    return this.#timestamp;
  }

  keepTimestamp(): bigint {
    return this.#timestamp;
  }

  onCommit(listener: (commit: Commit) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  onReload(listener: () => void): () => void {
    this.#reloadListeners.add(listener);
    return () => this.#reloadListeners.delete(listener);
  }

  /** Says that the functions were replaced. */
  announceReload(): void {
    for (const listener of this.#reloadListeners) listener();
  }

  runQuery(call: Call, journal: string | null = null): QueryResult {
    this.executions.set(call.path, (this.executions.get(call.path) ?? 0) + 1);
    const execution = newExecution(journal);
    const { reads } = execution;
    const outcome = this.#run("query", call, execution);
    const { usedIdentity, journal: nextJournal } = execution;
    return { ...outcome, timestamp: this.#timestamp, reads, usedIdentity, journal: nextJournal };
  }

  runQueryAt(call: Call, timestamp: bigint): QueryResult | null {
    return timestamp === this.#timestamp ? this.runQuery(call) : null;
  }

  runMutation(call: Call, request?: RequestKey): MutationResult {
    const requestName = request && `${request.sessionId}:${request.requestId}`;
    const earlier = requestName === undefined ? undefined : this.#responses.get(requestName);
    if (earlier) return earlier;
    const execution = newExecution(null);
    const outcome = this.#run("mutation", call, execution);
    if (!outcome.ok) return outcome;
    this.#commit(execution.writes);
    const result = { ...outcome, timestamp: this.#timestamp };
    if (requestName !== undefined) this.#responses.set(requestName, result);
    return result;
  }

  async runAction(call: Call): Promise<ActionResult> {
    const action = this.#find(call);
    if (action?.kind !== "action") return failure(`Could not find public function for '${call.path}'`);
    const take = (result: QueryResult | MutationResult): string => {
      if (result.ok) return result.value;
      throw new SyscallError(result.errorMessage, result.errorData);
    };
    const inner = (path: string, args: JsonObject): Call => ({ ...call, path, args, publicOnly: false });
    try {
      const value = await action.run(
        {
          runQuery: (path, args) => take(this.runQuery(inner(path, args))),
          runMutation: (path, args) => take(this.runMutation(inner(path, args))),
        },
        argsOf(call),
      );
      return { ok: true, value: JSON.stringify(value), logLines: [] };
    } catch (error) {
      return toFailure(error, []);
    }
  }

  async runFunction(call: Call): Promise<ActionResult> {
    const kind = this.#find(call)?.kind;
    if (kind === "action") return this.runAction(call);
    return kind === "mutation" ? this.runMutation(call) : this.runQuery(call);
  }

  async runHttpAction(request: Request, identity: Identity | null): Promise<Response> {
    const serve = this.#options.serveHttp;
    return serve ? serve(request, identity) : new Response("No matching routes found", { status: 404 });
  }

  authProviders(): readonly AuthProvider[] {
    return this.#options.authProviders ?? [];
  }

  deploymentKeys(): JsonObject {
    return { keys: [] };
  }

  verifyUpload(token: string): ComponentPath | null {
    return this.uploadTokens.delete(token) ? "" : null;
  }

  storeUpload(_component: ComponentPath, upload: Upload): string {
    const storageId = `file${this.files.size + 1}`;
    this.files.set(storageId, { ...upload, sha256: upload.sha256 ?? "unknown" });
    return storageId;
  }

  loadFile(storageId: string): StoredFile | null {
    return this.files.get(storageId) ?? null;
  }

  #find({ path, component, publicOnly }: Call): TestFunction | undefined {
    const found = this.#functions[path];
    if (!found || (found.component ?? "") !== component) return undefined;
    return publicOnly && found.visibility === "internal" ? undefined : found;
  }

  #run(kind: "query" | "mutation", call: Call, execution: Execution) {
    const found = this.#find(call);
    if (found?.kind !== kind) return failure(`Could not find public function for '${call.path}'`);
    try {
      const value = found.run(this.#contextOf(call, execution), argsOf(call));
      return { ok: true as const, value: JSON.stringify(value), logLines: execution.logLines };
    } catch (error) {
      return toFailure(error, execution.logLines);
    }
  }

  #contextOf(call: Call, execution: Execution): TestContext {
    const { reads, writes, logLines } = execution;
    return {
      get: (key) => {
        reads.push({ index: TEST_INDEX, low: Buffer.from(key), high: Buffer.from(`${key}\0`) });
        return writes.get(key) ?? this.#documents.get(key) ?? null;
      },
      list: (prefix) => {
        const low = Buffer.from(prefix);
        reads.push({ index: TEST_INDEX, low, high: Buffer.concat([low, Buffer.from([0xff])]) });
        const entries = [...new Map([...this.#documents, ...writes])].filter(([key]) => key.startsWith(prefix));
        return entries.sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b))).map(([, value]) => value);
      },
      put: (key, value) => void writes.set(key, value),
      identity: () => {
        execution.usedIdentity = true;
        return call.identity;
      },
      log: (line) => void logLines.push(line),
      get journal() {
        return execution.journal;
      },
      set journal(journal) {
        execution.journal = journal;
      },
    };
  }

  #commit(written: Map<string, Json>): void {
    if (written.size === 0) return;
    const now = this.#wallClock();
    this.#timestamp = now > this.#timestamp ? now : this.#timestamp + 1n;
    const writes: IndexWrite[] = [];
    for (const [key, value] of written) {
      this.#documents.set(key, value);
      writes.push({ index: TEST_INDEX, key: Buffer.from(key) });
    }
    for (const listener of this.#listeners) listener({ timestamp: this.#timestamp, writes });
  }

  #wallClock(): bigint {
    return BigInt(Math.floor((this.#options.clock ?? Date).now())) * 1_000_000n;
  }
}

function newExecution(journal: string | null): Execution {
  return { reads: [], writes: new Map(), logLines: [], usedIdentity: false, journal };
}

function argsOf({ args }: Call): JsonObject {
  return asObject(args) ?? {};
}

let failures = 0;

function failure(message: string, errorData?: Json, logLines: string[] = []): Failure {
  failures += 1;
  const requestId = failures.toString(16).padStart(16, "0");
  const errorMessage = `[Request ID: ${requestId}] Server Error\n${message}`;
  return { ok: false, errorMessage, logLines, ...(errorData === undefined ? {} : { errorData }) };
}

function toFailure(error: unknown, logLines: string[]): Failure {
  if (error instanceof SyscallError) return failure(`Uncaught ConvexError: ${error.message}`, error.data, logLines);
  return failure(`Uncaught Error: ${error instanceof Error ? error.message : String(error)}`, undefined, logLines);
}
