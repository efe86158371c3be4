import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Script } from "node:vm";
import { build, type Plugin } from "esbuild";
import { asFunction } from "../runtime/compiled.ts";
import type { EnvironmentDeclaration } from "./definitions.ts";

/** The texts of the installed `convex` package's own generator, as far as they need no deployment. */
export type Templates = {
  /** The comment on top of every generated file. */
  header: (description: string) => string;
  apiComment: (name: string, type: "public" | "internal" | undefined) => string;
  compareModulePaths: (a: string, b: string) => number;
  importPath: (modulePath: string) => string;
  moduleIdentifier: (modulePath: string) => string;
  dynamicDataModelDTS: () => string;
  noSchemaDataModelDTS: () => string;
  serverCodegen: (options: ServerOptions) => { DTS: string; JS: string };
};

type ServerOptions = { useTypeScript: false; envVars: readonly (readonly [string, EnvironmentDeclaration])[] };

/** Formats TypeScript as the package's generator does. */
type Format = (text: string) => Promise<string>;

/**
 * Takes the templates out of the package. They are its internals, not its interface: the tests hold what comes out
 * to what its command writes.
 */
export async function loadTemplates(): Promise<{ templates: Templates; format: Format }> {
  const manifest = createRequire(import.meta.url).resolve("convex/package.json");
  const require = createRequire(manifest);
  const directory = join(dirname(manifest), "dist/esm/cli/codegen_templates");
  const { outputFiles } = await build({
    stdin: {
      contents: ["common", "api", "dataModel", "server"].map((name) => `export * from "./${name}.js";`).join("\n"),
      resolveDir: directory,
    },
    bundle: true,
    format: "cjs",
    platform: "node",
    write: false,
    logLevel: "silent",
    plugins: [stubTheCommand],
  });
  const code = outputFiles[0]?.text ?? "";
  const script = new Script(
    asFunction({ filename: "convex:templates", code, sourceMap: "" }, "exports, module, require"),
  );
  const bundle = { exports: {} };
  script.runInThisContext()(bundle.exports, bundle, require);
  // The package says nothing about these types; a wrong name fails at the first call, in the tests.
  const { templates }: { templates: Templates } = Object({ templates: bundle.exports });
  const prettier = require("prettier");
  return { templates, format: async (text) => prettier.format(text, { parser: "typescript" }) };
}

/** Beside their texts the templates import the rest of the command, for work that needs a deployment: left out. */
const stubTheCommand: Plugin = {
  name: "stub-the-command",
  setup(build) {
    build.onResolve({ filter: /^\.\.\// }, ({ path }) =>
      path.includes("/deployApi/") ? undefined : { path, namespace: "stub" },
    );
    build.onLoad({ filter: /.*/, namespace: "stub" }, () => ({ contents: "module.exports = {};", loader: "js" }));
  },
};
