/**
 * The vocabulary that the engine's rooms share. How a call travels:
 *
 *   sync/ http/ scheduler/ ──▶ engine.ts ──▶ runtime/ (the function, in a realm of its own)
 *                                 │              │ syscalls
 *                                 ▼              ▼
 *                              store/  ◀──  database/ and syscalls/
 *
 * Documents and results travel as JSON text in Convex's own encoding; only what must look inside parses it.
 */

/** A value in Convex's JSON encoding: `$integer`, `$float` and `$bytes` wrap what plain JSON cannot say. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export type JsonObject = { [key: string]: Json };

/** Milliseconds since the epoch. Captured once at start, so that a test's fake timers never reach the engine by accident. */
export type Clock = { now(): number };

/** What a verified token says: `tokenIdentifier`, `issuer`, `subject` and the provider's other claims. */
export type Identity = JsonObject & { tokenIdentifier: string; issuer: string; subject: string };

/** The address of a component: "" is the app, "rateLimiter" a child, "a/b" a grandchild. */
export type ComponentPath = string;

/** `module:export` without a file ending, e.g. `inbox/messages:list`; a default export is `module:default`. */
export type FunctionPath = string;

export type FunctionKind = "query" | "mutation" | "action";

export type FunctionMeta = {
  kind: FunctionKind;
  visibility: "public" | "internal";
  /** Validators in the JSON form that `exportArgs()` and `exportReturns()` give; null when a function declares none. */
  args: JsonObject;
  returns: JsonObject | null;
  /** True for an action of a `"use node"` module. */
  node: boolean;
};

/** `schema.export()` parsed: the form in which a component's tables, indexes and validators reach the store. */
export type SchemaJson = {
  schemaValidation: boolean;
  tables: TableSchemaJson[];
};

/** Staged indexes are built and kept in step, and cannot be queried. Clients before 1.48 do not know of what is staged. */
export type TableSchemaJson = {
  tableName: string;
  indexes: IndexJson[];
  stagedDbIndexes?: IndexJson[];
  searchIndexes: SearchIndexJson[];
  stagedSearchIndexes?: SearchIndexJson[];
  vectorIndexes: VectorIndexJson[];
  stagedVectorIndexes?: VectorIndexJson[];
  documentType: JsonObject;
  /** What the documents are to be one day: production tells how they stand to it, and enforces nothing. */
  stagedDocumentType?: JsonObject;
};

type IndexJson = { indexDescriptor: string; fields: string[] };
type SearchIndexJson = { indexDescriptor: string; searchField: string; filterFields: string[] };
type VectorIndexJson = { indexDescriptor: string; vectorField: string; dimensions: number; filterFields: string[] };

// ---- What a transaction read and wrote (store/, sync/) ----

/** Keys of one index, `low` inclusive and `high` exclusive. A miss is recorded like a hit. */
export type ReadRange = { index: number; low: Buffer; high: Buffer };

/**
 * What a text search asked for: documents with one of `terms`, or with a term that begins with `prefix`, that have all of the
 * values. A document that it missed is recorded like one that it found.
 */
export type TextRead = {
  index: number;
  terms: readonly string[];
  prefix: string;
  filters: readonly { field: string; value: string }[];
};

/** One key of one index that a commit added or took away; null after a load, which may have changed all of an index of any kind. */
export type IndexWrite = { index: number; key: Buffer | null };

/** A document in a text index as a commit found it, or as it left it. */
export type TextWrite = { index: number; entry: TextEntry };

/** How often each term stands in a document, how many terms it has, and the values of its filter fields by their names. */
export type TextEntry = {
  terms: ReadonlyMap<string, number>;
  length: number;
  filters: ReadonlyMap<string, string>;
};

export type Read = ReadRange | TextRead;
export type Write = IndexWrite | TextWrite;

export type Commit = { timestamp: bigint; writes: readonly Write[] };

// ---- A running function and its host (runtime/ calls, engine.ts implements) ----

/** What a query or mutation may ask while it runs. Everything answers at once: a realm cannot wait. */
export type FunctionHost = {
  /** `Date.now()` for the whole execution. */
  readonly now: number;
  /** Seeds `Math.random`, `crypto.randomUUID` and `crypto.getRandomValues`; a safe integer, all of whose bits count. */
  readonly seed: number;
  syscall(operation: string, argsJson: string): string;
  /** Throws `SyscallError`; `data` on it (parsed JSON) becomes a `ConvexError` in the function. */
  asyncSyscall(operation: string, argsJson: string): string;
  environment(name: string): string | undefined;
  /** The names that `environment` knows, for who lists them; none when left out. */
  environmentNames?(): readonly string[];
  log(level: LogLevel, parts: string[]): void;
  /** Told at the end how long the function's own code ran, without what it waited for the engine. */
  ran?(ownMs: number): void;
};

/** What an action may ask while it runs. */
export type ActionHost = {
  syscall(operation: string, argsJson: string): string;
  asyncSyscall(operation: string, argsJson: string): Promise<string>;
  /** Storage bytes: `storage/storeBlob` {blob, options?: {sha256}} and `storage/getBlob` {storageId}. */
  jsSyscall(operation: string, args: Record<string, unknown>): Promise<unknown>;
  environment(name: string): string | undefined;
  environmentNames?(): readonly string[];
  log(level: LogLevel, parts: string[]): void;
};

export type LogLevel = "DEBUG" | "INFO" | "LOG" | "WARN" | "ERROR";

/** How an execution ended. `data` is a thrown ConvexError's payload, as JSON text; `stack` is mapped to the sources. */
export type Outcome = { ok: true; value: string } | { ok: false; message: string; stack?: string; data?: string };

/** One function call; `argsJson` is the one-element array that Convex's entry points take. */
export type Invocation = { module: string; name: string; kind: FunctionKind; argsJson: string };

// ---- The loaded app (bundle/ makes it, engine.ts runs it) ----

export type AuthProvider =
  | { type: "oidc"; domain: string; applicationID: string }
  | {
      type: "customJwt";
      issuer: string;
      jwks: string;
      algorithm: "RS256" | "ES256";
      applicationID?: string;
    };

/** One entry of `crons.export()`: `schedule` is `{type: "interval", seconds|minutes|hours}`, `{type: "cron", cron}`, … */
export type CronJson = { identifier: string; name: string; args: Json[]; schedule: JsonObject };

export type Component = {
  path: ComponentPath;
  /** Children by the name they were installed under. */
  children: ReadonlyMap<string, ComponentPath>;
  functions: ReadonlyMap<FunctionPath, FunctionMeta>;
  schema: SchemaJson | null;
  crons: readonly CronJson[];
  environment(name: string): string | undefined;
  environmentNames(): readonly string[];
  /** Runs a query or mutation to its end, synchronously. */
  run(host: FunctionHost, call: Invocation): Outcome;
  /** Runs an action, of either runtime. */
  act(host: ActionHost, call: Invocation): Promise<Outcome>;
};

/** `path` of a prefix route ends with `*`. */
export type HttpRoute = { path: string; method: string };

export type App = {
  components: ReadonlyMap<ComponentPath, Component>;
  authProviders: readonly AuthProvider[];
  /** The routes of the app's own `http.ts`. */
  routes: readonly HttpRoute[];
  /**
   * Answers by the `http.ts` of the app, or of a component that is mounted where the request goes, whose host is then
   * asked for; null when no route matches. Throws what the handler throws.
   */
  serveHttp(hostOf: (component: Component) => ActionHost, request: Request): Promise<Response | null>;
};

// ---- The engine, as its doors see it (sync/, http/, scheduler/) ----

/** What is known of the request that brought a call; null where there was none. `authToken` is the JWT, never the admin key. */
export type Origin = { ip: string | null; userAgent: string | null; authToken: string | null };

export type Call = {
  component: ComponentPath;
  path: FunctionPath;
  args: Json;
  identity: Identity | null;
  /** False for admins and for the engine's own calls: internal functions and components may be reached. */
  publicOnly: boolean;
  /** Left out where nobody asked from outside. */
  origin?: Origin;
};

export type Failure = { ok: false; errorMessage: string; errorData?: Json; logLines: string[] };

export type QueryResult = ({ ok: true; value: string; logLines: string[] } | Failure) & {
  timestamp: bigint;
  /** What the result depends on, misses included. */
  reads: readonly Read[];
  /** True when the function asked who is calling: the result holds for that identity alone. */
  usedIdentity: boolean;
  /** Where the page ended; passed back on re-execution so that a page keeps its end. */
  journal: string | null;
};

export type MutationResult = { ok: true; value: string; timestamp: bigint; logLines: string[] } | Failure;

export type ActionResult = { ok: true; value: string; logLines: string[] } | Failure;

/** Names one mutation of one client for ever: a second delivery gets the first one's response. */
export type RequestKey = { sessionId: string; requestId: number };

/** A file that somebody hands in; `sha256` is what its digest is said to be, in hex or base64. */
export type Upload = { bytes: Uint8Array; contentType: string | null; sha256: string | null };

export type StoredFile = { bytes: Uint8Array; contentType: string | null; sha256: string };

export type EngineCalls = {
  /** The timestamp of the newest commit, nanoseconds; never goes back, over restarts and wiped stores too. */
  latestTimestamp(): bigint;
  /** Gives that timestamp, and keeps its state for `runQueryAt`, for some seconds. */
  keepTimestamp(): bigint;
  onCommit(listener: (commit: Commit) => void): () => void;
  /** The functions were replaced: no result of the old ones holds. */
  onReload(listener: () => void): () => void;
  runQuery(call: Call, journal?: string | null): QueryResult;
  /** Null when the state at that timestamp is neither the latest nor kept. */
  runQueryAt(call: Call, timestamp: bigint): QueryResult | null;
  runMutation(call: Call, request?: RequestKey): MutationResult;
  runAction(call: Call): Promise<ActionResult>;
  /** The kind is looked up: what `POST /api/function` and the CLI's `run` use. */
  runFunction(call: Call): Promise<ActionResult>;
  runHttpAction(request: Request, identity: Identity | null, origin?: Origin): Promise<Response>;
  authProviders(): readonly AuthProvider[];
  /** The public keys of what `ctx.auth.signJwt` signs, as a JWKS. */
  deploymentKeys(): JsonObject;
  /** The component whose `storage.generateUploadUrl` gave a token out; null for one that is unknown or too old. */
  verifyUpload(token: string): ComponentPath | null;
  /** Gives the file's storage id. Throws a `DeveloperError` when the bytes have not the digest that is said. */
  storeUpload(component: ComponentPath, upload: Upload): string;
  loadFile(storageId: string, component: ComponentPath): StoredFile | null;
};
