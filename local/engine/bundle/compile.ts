import { dirname, join, relative, resolve } from "node:path";
import { build, type BuildOptions, type Message, type Metafile, type Plugin } from "esbuild";
import { DeveloperError } from "../errors.ts";
import type { Compiled } from "../runtime/compiled.ts";
import type { AppModule } from "./discover.ts";
import { runtimePlugins } from "./plugins.ts";

export type CompileJob = {
  /** The app's directory: file names in messages and stack frames are relative to its parent. */
  appDirectory: string;
  /** Each is exported from the bundle under its path. */
  modules: readonly AppModule[];
  runtime: "isolate" | "node";
  /** What stack frames call the bundle; unique in the process. */
  filename: string;
  plugins?: readonly Plugin[];
};

export type CompileResult = {
  compiled: Compiled;
  /** The absolute paths of the files that went in, those that a plugin stands in for included. */
  sources: string[];
  /** Those that a plugin stands in for, and how they were imported. */
  standIns: ReadonlyMap<string, string>;
};

/** The esbuild namespace of modules that a plugin makes in the place of a file. */
export const STAND_IN = "stand-in";

/** Sources that cannot be bundled. */
export class BuildError extends DeveloperError {
  /** Where it failed, and where what it did not find could be. */
  readonly files: readonly string[];

  constructor(message: string, files: readonly string[]) {
    super(message);
    this.files = files;
  }
}

/** Bundles modules as Convex does. Throws `BuildError` naming the file, the line and what to do. */
export async function compile(job: CompileJob): Promise<CompileResult> {
  const root = dirname(job.appDirectory);
  const outfile = join(root, "out", "bundle.js");
  try {
    const result = await build({ ...buildOptions(job), absWorkingDir: root, outfile, metafile: true, write: false });
    const text = (ending: string) => result.outputFiles.find((file) => file.path.endsWith(ending))?.text ?? "";
    const standIns = standInsOf(result.metafile);
    const files = Object.keys(result.metafile.inputs).filter(
      (input) => !input.includes(":") && !input.endsWith("<modules>"),
    );
    return {
      compiled: { filename: job.filename, code: text(".js"), sourceMap: text(".js.map") },
      sources: [...files.map((input) => resolve(root, input)), ...standIns.keys()],
      standIns,
    };
  } catch (error) {
    throw readBuildFailure(error, root);
  }
}

function standInsOf({ inputs }: Metafile): Map<string, string> {
  const prefix = `${STAND_IN}:`;
  const imports = Object.values(inputs).flatMap((input) => input.imports);
  return new Map(
    imports
      .filter(({ path }) => path.startsWith(prefix))
      .map(({ path, original = path }) => [path.slice(prefix.length), original]),
  );
}

function buildOptions({ appDirectory, modules, runtime, plugins = [] }: CompileJob): BuildOptions {
  const exports = modules.map(({ path, file }) => `export * as ${JSON.stringify(path)} from ${JSON.stringify(file)};`);
  return {
    stdin: { contents: exports.join("\n"), resolveDir: appDirectory, sourcefile: "<modules>" },
    bundle: true,
    format: "cjs",
    platform: runtime === "node" ? "node" : "browser",
    target: "esnext",
    jsx: "automatic",
    conditions: ["convex", "module"],
    define: { "process.env.NODE_ENV": '"production"' },
    sourcemap: "external",
    sourcesContent: false,
    logLevel: "silent",
    plugins: [...plugins, ...runtimePlugins(runtime)],
  };
}

function readBuildFailure(error: unknown, root: string): unknown {
  if (!(error instanceof Error && "errors" in error && Array.isArray(error.errors))) return error;
  const messages: readonly Message[] = error.errors;
  return new BuildError(
    describeMessages(messages),
    messages.flatMap((message) => filesOf(message, root)),
  );
}

/** The file that a message is about, and those that an import of it could mean which leads nowhere. */
function filesOf({ text, location }: Message, root: string): string[] {
  if (location === null) return [];
  const file = resolve(root, location.file);
  const [, missing] = /^Could not resolve "(\.[^"]*)"/.exec(text) ?? [];
  if (missing === undefined) return [file];
  const named = resolve(dirname(file), missing);
  const bare = named.replace(/\.[jt]sx?$/, "");
  return [file, named, ...[".ts", ".tsx", ".js", "/index.ts"].map((ending) => bare + ending)];
}

const USE_NODE_HINT = `It looks like you are using Node APIs from a file without the "use node" directive.
Split out actions using Node.js APIs like this into a new file only containing actions that uses "use node" so these actions will run in a Node.js environment.
For more information see https://docs.convex.dev/functions/runtimes#nodejs-runtime`;

function describeMessages(errors: readonly Message[]): string {
  const lines = errors.map((error) => {
    const place = error.location ? `${relative("", error.location.file)}:${error.location.line}: ` : "";
    return `${place}${error.text}`;
  });
  const needsNode = errors.some((error) => error.notes.some((note) => note.text.includes("trying to bundle for node")));
  return needsNode ? `${lines.join("\n")}\n\n${USE_NODE_HINT}` : lines.join("\n");
}
