import { relative, sep } from "node:path";
import { Bundler } from "./bundler.ts";
import { DefinitionLoader, type Definition } from "./definitions.ts";
import { discoverModules, findSpecialFile } from "./discover.ts";
import { loadTemplates, type Templates } from "./templates.ts";

/**
 * The files that `npx convex dev` writes into `_generated`, by name, without a deployment: the texts are the installed
 * package's own, and what its command asks a deployment for (components, declared variables) is read from
 * `convex.config` here. Throws `DeveloperError` when that does not evaluate.
 */
export async function generate(directory: string): Promise<Map<string, string>> {
  const { templates, format } = await loadTemplates();
  const config = findSpecialFile(directory, "convex.config");
  const definition = config ? await new DefinitionLoader(directory, new Bundler()).load(config) : null;
  const schema = findSpecialFile(directory, "schema");
  const server = templates.serverCodegen({ useTypeScript: false, envVars: definition?.variables ?? [] });
  const texts = {
    "api.d.ts": renderApiTypes(directory, definition, templates),
    "api.js": renderApi(templates),
    "dataModel.d.ts": schema ? templates.dynamicDataModelDTS() : templates.noSchemaDataModelDTS(),
    "server.d.ts": server.DTS,
    "server.js": server.JS,
  };
  const files = Object.entries(texts).map(
    async ([name, text]) => [name, await format(text)] satisfies [string, string],
  );
  return new Map(await Promise.all(files));
}

function renderApi({ header, apiComment }: Templates): string {
  return `${header("Generated `api` utility.")}
    import { anyApi, componentsGeneric } from "convex/server";

    ${apiComment("api", undefined)}
    export const api = anyApi;
    export const internal = anyApi;
    export const components = componentsGeneric();
  `;
}

function renderApiTypes(directory: string, definition: Definition | null, templates: Templates): string {
  const { header, apiComment, compareModulePaths, importPath, moduleIdentifier } = templates;
  const { isolate, node } = discoverModules(directory);
  const paths = [...isolate, ...node]
    .map(({ file }) => relative(directory, file).split(sep).join("/"))
    .sort(compareModulePaths);
  const imports = paths.map((path) => `import type * as ${moduleIdentifier(path)} from "../${importPath(path)}.js";`);
  const members = paths.map((path) => `"${importPath(path)}": typeof ${moduleIdentifier(path)},`);
  return `${header("Generated `api` utility.")}
    ${imports.join("\n")}
    import type { ApiFromModules, FilterApi, FunctionReference } from "convex/server";

    declare const fullApi: ApiFromModules<{
      ${members.join("\n")}
    }>;

    ${apiComment("api", "public")}
    export declare const api: FilterApi<typeof fullApi, FunctionReference<any, "public">>;
    ${apiComment("internal", "internal")}
    export declare const internal: FilterApi<typeof fullApi, FunctionReference<any, "internal">>;

    export declare const components: {${componentTypes(directory, definition).join("\n")}};
  `;
}

/** Each component brings the type of its own functions; an installed one is named as the app imports it. */
function componentTypes(directory: string, definition: Definition | null): string[] {
  return (definition?.children ?? []).map(({ name, importedAs, definition: child }) => {
    const local = importedAs.startsWith(".") || importedAs.startsWith("/");
    const path = local
      ? `../${relative(directory, child.directory).split(sep).join("/")}`
      : importedAs.replace(/\/convex\.config(\.[a-z]+)?$/, "");
    return `"${name}": import("${path}/_generated/component.js").ComponentApi<"${name}">,`;
  });
}
