import { dirname } from "node:path";
import type { Plugin } from "esbuild";
import { DeveloperError } from "../errors.ts";
import { callMethod, property } from "../runtime/foreign.ts";
import type { Bundler } from "./bundler.ts";
import { STAND_IN } from "./compile.ts";
import { evaluateConfig } from "./evaluate-config.ts";

/** A value given to a child's variable: text, or the name of a variable of the parent. */
export type EnvironmentBinding = { type: "value"; value: string } | { type: "envVar"; name: string };

export type EnvironmentDeclaration = { type: "value"; value: string; optional?: boolean };

/** What `export()` of an app or component definition says, as far as the engine needs it. */
type DefinitionExport = {
  name?: string;
  childComponents: { name: string; path: string; env: [string, EnvironmentBinding][] | null }[];
  /** Path prefix, ending in a slash, to `_reference/childComponent/<name>`. */
  httpMounts: Record<string, string>;
  envVars?: [string, EnvironmentDeclaration][];
  /** The app's own prefix. */
  httpPrefix?: string;
};

/** One evaluated `convex.config`. */
export type Definition = {
  /** The directory that holds the component's functions. */
  directory: string;
  name: string;
  children: {
    name: string;
    environment: ReadonlyMap<string, EnvironmentBinding>;
    definition: Definition;
    importedAs: string;
  }[];
  httpMounts: ReadonlyMap<string, string>;
  variables: readonly (readonly [string, EnvironmentDeclaration])[];
};

/** Evaluates a `convex.config` and those it installs, each once. */
export class DefinitionLoader {
  readonly #appDirectory: string;
  readonly #bundler: Bundler;
  readonly #loaded = new Map<string, Promise<Definition>>();

  constructor(appDirectory: string, bundler: Bundler) {
    this.#appDirectory = appDirectory;
    this.#bundler = bundler;
  }

  load(file: string): Promise<Definition> {
    const known = this.#loaded.get(file);
    if (known) return known;
    const definition = this.#evaluate(file);
    this.#loaded.set(file, definition);
    return definition;
  }

  async #evaluate(file: string): Promise<Definition> {
    const { compiled, standIns } = await this.#bundler.compile({
      appDirectory: this.#appDirectory,
      modules: [{ path: "config", file }],
      runtime: "isolate",
      filename: `definition:${file}`,
      plugins: [this.#childStubs(file)],
    });
    const config = property(
      property(
        evaluateConfig(compiled, () => undefined),
        "config",
      ),
      "default",
    );
    // The client library writes this itself, so its shape is known.
    const exported: DefinitionExport = JSON.parse(JSON.stringify(callMethod(config, "export")));
    if (exported.httpPrefix !== undefined) {
      throw new DeveloperError("The httpPrefix of defineApp() is not supported by the local engine yet.");
    }
    const children = await Promise.all(
      exported.childComponents.map(async (child) => ({
        name: child.name,
        environment: new Map(child.env),
        definition: await this.load(child.path),
        importedAs: standIns.get(child.path) ?? child.path,
      })),
    );
    return {
      directory: dirname(file),
      name: exported.name ?? "",
      children,
      httpMounts: new Map(Object.entries(exported.httpMounts)),
      variables: exported.envVars ?? [],
    };
  }

  /** A definition imports its children as stand-ins: where they are, and the name they have by default. */
  #childStubs(file: string): Plugin {
    return {
      name: "child-components",
      setup: (build) => {
        build.onResolve({ filter: /convex\.config(\.[a-z]+)?$/ }, async ({ path, pluginData, kind, ...from }) => {
          if (path === file || pluginData === "resolving") return undefined;
          const found = await build.resolve(path, {
            kind,
            importer: from.importer,
            resolveDir: from.resolveDir,
            pluginData: "resolving",
          });
          if (found.errors.length > 0) return { errors: found.errors };
          return { path: found.path, namespace: STAND_IN };
        });
        build.onLoad({ filter: /.*/, namespace: STAND_IN }, async ({ path }) => {
          const { name } = await this.load(path);
          const stub = { componentDefinitionPath: path, defaultName: name };
          return { contents: `export default ${JSON.stringify(stub)}`, loader: "js" };
        });
      },
    };
  }
}
