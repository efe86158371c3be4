import type { Exports } from "./admin/exports.ts";
import { isSystemPath, runSystemQuery } from "./admin/system-queries.ts";
import type { Variables } from "./admin/variables.ts";
import type { Calls, CallInput, QueryOptions, QueryTrace } from "./calls.ts";
import type { EngineContext } from "./context.ts";
import { DeveloperError } from "./errors.ts";
import { PresentedError, presentFailure, toExecutionError } from "./failures.ts";
import { requireComponent, parseFunctionPath } from "./functions/addresses.ts";
import { requireFunction } from "./functions/signature.ts";
import { noMatchingRoute } from "./http/site.ts";
import type { Activity } from "./inspector/activity.ts";
import { newRequest } from "./request.ts";
import type { Reader } from "./store/store.ts";
import type {
  ActionResult,
  App,
  AuthProvider,
  Call,
  Commit,
  Component,
  ComponentPath,
  EngineCalls,
  Failure,
  Identity,
  JsonObject,
  MutationResult,
  Origin,
  QueryResult,
  RequestKey,
  StoredFile,
  Upload,
} from "./types.ts";

export type EngineOptions = {
  context: EngineContext;
  calls: Calls;
  variables: Variables;
  /** Left out where nobody can ask for any. */
  exports?: Exports;
  activity?: Activity;
  /** Answer as a production deployment: no messages and no logs of failed functions. */
  redactErrors: boolean;
};

/** What a call has from its beginning to its end, whether or not its function is found. */
type Opened = Pick<CallInput, "logs" | "request">;

/** The one way in for clients: names become targets, results and failures become what may be shown. */
export class Engine implements EngineCalls {
  readonly #options: EngineOptions;
  readonly #reloadListeners = new Set<() => void>();

  constructor(options: EngineOptions) {
    this.#options = options;
  }

  latestTimestamp(): bigint {
    return this.#context.store.latestTimestamp();
  }

  onCommit(listener: (commit: Commit) => void): () => void {
    return this.#context.store.onCommit(listener);
  }

  onReload(listener: () => void): () => void {
    this.#reloadListeners.add(listener);
    return () => this.#reloadListeners.delete(listener);
  }

  /** Says that the app was replaced. */
  announceReload(): void {
    for (const listener of this.#reloadListeners) listener();
  }

  authProviders(): readonly AuthProvider[] {
    return this.#app.authProviders;
  }

  deploymentKeys(): JsonObject {
    return this.#context.deploymentKey.jwks(this.#context.store);
  }

  keepTimestamp(): bigint {
    return this.#context.store.keepTimestamp();
  }

  runQuery(call: Call, journal: string | null = null): QueryResult {
    return this.#runQuery(call, { state: this.#context.store, timestamp: this.latestTimestamp(), journal });
  }

  runQueryAt(call: Call, timestamp: bigint): QueryResult | null {
    const state = this.#context.store.at(timestamp);
    return state && this.#runQuery(call, { state, timestamp, journal: null });
  }

  #runQuery(
    call: Call,
    { state, timestamp, journal }: { state: Reader; timestamp: bigint; journal: string | null },
  ): QueryResult {
    const opened = this.#open(call);
    let trace: QueryTrace = { reads: [], usedIdentity: false, journal: null };
    const result = this.#present(opened, () => {
      const input = this.#input(call, opened);
      const setTrace = (seen: QueryTrace) => (trace = seen);
      const value = isSystemPath(input.target.path)
        ? this.#runSystemQuery(input, { state, trace: setTrace })
        : this.#options.calls.query(input, { state, journal, trace: setTrace });
      return { ok: true as const, value, logLines: this.#shown(opened) };
    });
    return { ...result, ...trace, timestamp };
  }

  runMutation(call: Call, request?: RequestKey): MutationResult {
    const opened = this.#open(call);
    return this.#present(opened, () => {
      const earlier = request === undefined ? null : this.#recall(request);
      if (earlier !== null)
        return { ok: true as const, value: earlier, timestamp: this.latestTimestamp(), logLines: [] };
      const done = this.#options.calls.mutate(this.#input(call, opened), {
        after: (tx, value) => {
          if (request !== undefined) tx.rememberResponse(request.sessionId, request.requestId, value);
        },
      });
      return { ok: true as const, ...done, logLines: this.#shown(opened) };
    });
  }

  async runAction(call: Call): Promise<ActionResult> {
    const opened = this.#open(call);
    try {
      const value = await this.#options.calls.act(this.#input(call, opened));
      return { ok: true, value, logLines: this.#shown(opened) };
    } catch (error) {
      return this.#fail(error, opened);
    }
  }

  async runFunction(call: Call): Promise<ActionResult> {
    const opened = this.#open(call);
    try {
      const { kind } = requireFunction(this.#input(call, opened).target, { publicOnly: call.publicOnly });
      if (kind === "action") return await this.runAction(call);
      return kind === "query" ? this.runQuery(call) : this.runMutation(call);
    } catch (error) {
      return this.#fail(error, opened);
    }
  }

  async runHttpAction(request: Request, identity: Identity | null, origin?: Origin): Promise<Response> {
    const opened = this.#open({ path: "http", origin });
    const route = {
      component: requireComponent(this.#app, ""),
      path: `${request.method} ${new URL(request.url).pathname}`,
    };
    const end = this.#options.calls.begin("httpAction", { target: route, ...opened });
    // Who calls is known to the app alone, here as in every other call.
    const hostOf = (component: Component) =>
      this.#options.calls.openAction({
        target: { component, path: "http:default" },
        identity: component.path === "" ? identity : null,
        ...opened,
        job: null,
      });
    try {
      const response = await this.#app.serveHttp(hostOf, request);
      if (response?.type === "error") {
        throw new DeveloperError("An HTTP action cannot answer with Response.error(): it has no status to be sent.");
      }
      end(null);
      return response ?? noMatchingRoute();
    } catch (error) {
      end(error);
      throw new PresentedError(this.#fail(error, opened));
    }
  }

  verifyUpload(token: string): ComponentPath | null {
    return this.#context.storage.verifyUploadToken(token);
  }

  storeUpload(component: ComponentPath, upload: Upload): string {
    const { storage, store } = this.#context;
    return store.write((tx) => storage.store(tx, component, upload)).value;
  }

  loadFile(storageId: string, component: ComponentPath): StoredFile | null {
    const { storage, store } = this.#context;
    try {
      return store.read((tx) => storage.load(tx, component, storageId));
    } catch (error) {
      if (error instanceof DeveloperError) return null;
      throw error;
    }
  }

  /** What the deployment answers itself. It is watched like any other query. */
  #runSystemQuery(
    { target, args, publicOnly }: CallInput,
    { state, trace }: Required<Pick<QueryOptions, "state" | "trace">>,
  ): string {
    return state.read((tx) => {
      try {
        const { variables, exports, activity } = this.#options;
        const scope = { tx, app: this.#app, component: target.component, variables, exports, activity };
        return runSystemQuery(scope, { path: target.path, args, isAdmin: !publicOnly });
      } finally {
        trace({ reads: tx.reads, usedIdentity: false, journal: null });
      }
    });
  }

  get #context(): EngineContext {
    return this.#options.context;
  }

  get #app(): App {
    return this.#context.app();
  }

  #input(call: Call, opened: Opened): CallInput {
    const component = requireComponent(this.#app, call.component);
    const target = { component, path: parseFunctionPath(call.path) };
    return { target, args: call.args, identity: call.identity, publicOnly: call.publicOnly, ...opened, job: null };
  }

  #recall(request: RequestKey): string | null {
    return this.#context.store.read((tx) => tx.recallResponse(request.sessionId, request.requestId));
  }

  #open({ path, origin }: { path: string; origin?: Origin | undefined }): Opened {
    return { logs: this.#context.openLog(path), request: newRequest(origin) };
  }

  #shown({ logs }: Opened): string[] {
    return this.#options.redactErrors ? [] : logs.lines;
  }

  #present<T>(opened: Opened, body: () => T): T | Failure {
    try {
      return body();
    } catch (error) {
      return this.#fail(error, opened);
    }
  }

  #fail(error: unknown, { logs, request: { requestId } }: Opened): Failure {
    const failure = toExecutionError(error, (fault) => this.#context.reportFault(fault));
    return presentFailure(failure, { logLines: logs.lines, redact: this.#options.redactErrors, requestId });
  }
}
