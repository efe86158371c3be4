// The installed package's own templates: what the generator takes from them is there and does what it is taken for.
import { beforeAll, describe, expect, it } from "vitest";
import { loadTemplates } from "./templates.ts";

let loaded: Awaited<ReturnType<typeof loadTemplates>>;
beforeAll(async () => {
  loaded = await loadTemplates();
});

describe("the package's templates", () => {
  it("head a file with a warning and what it is", () => {
    const header = loaded.templates.header("Generated `api` utility.");
    expect(header).toContain("/* eslint-disable */");
    expect(header).toContain("Generated `api` utility.");
    expect(header).toContain("THIS CODE IS AUTOMATICALLY GENERATED.");
  });

  it("explain the api and its internal half differently", () => {
    const { apiComment } = loaded.templates;
    expect(apiComment("api", "public")).toContain("api.myModule.myFunction");
    expect(apiComment("internal", "internal")).toContain("internal.myModule.myFunction");
  });

  it.each([
    ["messages.ts", "messages", "messages"],
    ["inbox/list.ts", "inbox/list", "inbox_list"],
    ["some-name.js", "some-name", "some_name"],
    ["delete.ts", "delete", "delete_"],
  ])("import %s as %s under the name %s", (file, path, identifier) => {
    expect(loaded.templates.importPath(file)).toBe(path);
    expect(loaded.templates.moduleIdentifier(file)).toBe(identifier);
  });

  it("order modules the same way whichever way they come", () => {
    const files = ["b.ts", "a/z.ts", "a.ts", "B.ts", "a-b.ts"];
    const { compareModulePaths } = loaded.templates;
    expect(files.toSorted(compareModulePaths)).toEqual(files.toReversed().toSorted(compareModulePaths));
  });

  it("type documents by the schema, or as anything without one", () => {
    expect(loaded.templates.dynamicDataModelDTS()).toContain('import schema from "../schema.js"');
    expect(loaded.templates.noSchemaDataModelDTS()).not.toContain("../schema.js");
  });

  it("type a declared variable as text, an optional one as perhaps none", () => {
    const declared = [
      ["NEEDED", { type: "value", value: '{"type":"string"}' }],
      ["MAYBE", { type: "value", value: '{"type":"string"}', optional: true }],
    ] as const;
    const { DTS, JS } = loaded.templates.serverCodegen({ useTypeScript: false, envVars: declared });
    expect(DTS).toContain("readonly NEEDED: string;");
    expect(DTS).toContain("readonly MAYBE: string | undefined;");
    expect(JS).toContain("export const query = queryGeneric;");
  });

  it("are laid out by the package's own formatter", async () => {
    await expect(loaded.format("const a={b:1}")).resolves.toBe("const a = { b: 1 };\n");
    await expect(loaded.format("const = 1")).rejects.toThrow("Variable declaration expected");
  });
});
