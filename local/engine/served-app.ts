import { Bundler } from "./bundle/bundler.ts";
import { loadApp, type LoadedApp, type LoadOptions } from "./bundle/load-app.ts";
import { checkCrons } from "./scheduler/crons.ts";
import type { Store } from "./store/store.ts";
import type { App, Clock } from "./types.ts";

/**
 * The app that is served, from one load to the next.
 * Invariant: it is one that could be loaded, and the store has its tables.
 */
export class ServedApp {
  readonly #options: { store: Store; clock: Clock; load: LoadOptions };
  readonly #bundler: Bundler;
  #app: LoadedApp | null = null;

  constructor(options: { store: Store; clock: Clock; load: LoadOptions }) {
    this.#options = options;
    this.#bundler = options.load.bundler ?? new Bundler();
  }

  /** There is none before the first load. */
  get app(): App {
    if (this.#app === null) throw new Error("The app is not loaded yet");
    return this.#app;
  }

  /** The files that it was made of, or that the last load failed at. */
  get sources(): readonly string[] {
    return [...new Set([...(this.#app?.sources ?? []), ...this.#bundler.sources])];
  }

  /** Serves what is on disk now. Rejects, and changes nothing, when that cannot be loaded. */
  async load(): Promise<void> {
    const { store, clock, load } = this.#options;
    const next = await loadApp({ ...load, bundler: this.#bundler });
    checkCrons(next, clock.now());
    store.pushSchemas(schemasOf(next));
    this.#app = next;
  }
}

/** What a store is told of an app. */
export function schemasOf(app: App) {
  return new Map([...app.components.values()].map((component) => [component.path, component.schema]));
}
