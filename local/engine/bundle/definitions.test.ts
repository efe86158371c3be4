import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { DeveloperError } from "../errors.ts";
import { Bundler } from "./bundler.ts";
import { type Definition, DefinitionLoader } from "./definitions.ts";
import { makeDirectory } from "./test-directory.ts";

type Files = Record<string, string>;

const PART = `import { defineComponent } from "convex/server"; export default defineComponent("part");`;

/** The `convex.config.ts` of an app: `uses` is run on `app`, after `imports`. */
const appConfig = (imports: string, uses: string): string =>
  `import { defineApp } from "convex/server"; ${imports} const app = defineApp(); ${uses} export default app;`;

async function load(files: Files): Promise<{ directory: string; definition: Definition; bundler: Bundler }> {
  const directory = makeDirectory(files);
  const bundler = new Bundler();
  const definition = await new DefinitionLoader(directory, bundler).load(join(directory, "convex.config.ts"));
  return { directory, definition, bundler };
}

/** Names all the way down. */
type Tree = { [name: string]: Tree };
const treeOf = ({ children }: Definition): Tree =>
  Object.fromEntries(children.map(({ name, definition }) => [name, treeOf(definition)]));

describe("a definition", () => {
  it("of an app that installs nothing is empty, and knows where its functions are", async () => {
    const { directory, definition } = await load({ "convex.config.ts": appConfig("", "") });
    expect(definition).toEqual({
      directory,
      name: "",
      children: [],
      httpMounts: new Map(),
      variables: [],
    });
  });

  it("has its children under the names they were given, or their own", async () => {
    const { directory, definition } = await load({
      "convex.config.ts": appConfig(
        `import part from "./part/convex.config.js";`,
        `app.use(part); app.use(part, { name: "second" });`,
      ),
      "part/convex.config.ts": PART,
    });
    expect(definition.children.map(({ name, importedAs }) => [name, importedAs])).toEqual([
      ["part", "./part/convex.config.js"],
      ["second", "./part/convex.config.js"],
    ]);
    const [first, second] = definition.children;
    expect(first?.definition).toMatchObject({ name: "part", directory: join(directory, "part") });
    expect(second?.definition).toBe(first?.definition);
  });

  it("takes a package by its name, and a file by whatever ending", async () => {
    const { definition } = await load({
      "convex.config.ts": appConfig(
        `import limiter from "@convex-dev/rate-limiter/convex.config"; import part from "./part/convex.config";`,
        `app.use(limiter); app.use(part);`,
      ),
      "part/convex.config.ts": PART,
    });
    expect(definition.children.map(({ name, importedAs }) => [name, importedAs])).toEqual([
      ["rateLimiter", "@convex-dev/rate-limiter/convex.config"],
      ["part", "./part/convex.config"],
    ]);
  });

  it("goes down as far as its children go, through one bundler, which knows the files of them all", async () => {
    const { directory, definition, bundler } = await load({
      "convex.config.ts": appConfig(`import middle from "./middle/convex.config.js";`, "app.use(middle);"),
      "middle/convex.config.ts": `import { defineComponent } from "convex/server"; import part from "../part/convex.config.js";
        import { name } from "./name"; const middle = defineComponent(name); middle.use(part); export default middle;`,
      "middle/name.ts": `export const name = "middle";`,
      "part/convex.config.ts": PART,
    });
    expect(treeOf(definition)).toEqual({ middle: { part: {} } });
    const own = ["convex.config.ts", "middle/convex.config.ts", "middle/name.ts", "part/convex.config.ts"];
    expect(bundler.sources).toEqual(expect.arrayContaining(own.map((name) => join(directory, name))));
  });

  it("says where components answer to HTTP", async () => {
    const { definition } = await load({
      "convex.config.ts": appConfig(
        `import part from "./part/convex.config.js";`,
        `app.use(part, { httpPrefix: "/mail/" });`,
      ),
      "part/convex.config.ts": PART,
    });
    expect([...definition.httpMounts]).toEqual([["/mail/", "_reference/childComponent/part"]]);
  });

  it("says which variables it declares, and what it gives to its children's", async () => {
    const { definition } = await load({
      "convex.config.ts": `import { defineApp } from "convex/server"; import { v } from "convex/values";
        import part from "./part/convex.config.js";
        const app = defineApp({ env: { KEY: v.string(), LEVEL: v.optional(v.string()) } });
        app.use(part, { env: { TOKEN: app.env.KEY, FIXED: "value" } });
        export default app;`,
      "part/convex.config.ts": `import { defineComponent } from "convex/server"; import { v } from "convex/values";
        export default defineComponent("part", { env: { TOKEN: v.string(), FIXED: v.string() } });`,
    });
    expect(definition.variables.map(([name, { optional }]) => [name, optional ?? false])).toEqual([
      ["KEY", false],
      ["LEVEL", true],
    ]);
    expect(definition.children[0]?.environment).toEqual(
      new Map([
        ["TOKEN", { type: "envVar", name: "KEY" }],
        ["FIXED", { type: "value", value: "value" }],
      ]),
    );
  });
});

describe("a loader", () => {
  it("evaluates each file once, whoever asks for it and how often", async () => {
    const directory = makeDirectory({ "convex.config.ts": appConfig("", "") });
    const loader = new DefinitionLoader(directory, new Bundler());
    const file = join(directory, "convex.config.ts");
    const loads = [loader.load(file), loader.load(file)];
    expect(loads[0]).toBe(loads[1]);
    expect(await loads[0]).toBe(await loader.load(file));
  });
});

describe("what cannot be loaded is the developer's mistake:", () => {
  it.each<[string, Files, string]>([
    ["a config that throws", { "convex.config.ts": `throw new Error("half written");` }, "half written"],
    ["a config that is no TypeScript", { "convex.config.ts": "export default =" }, "convex.config.ts:1"],
    [
      "a child that is not there",
      { "convex.config.ts": `import gone from "./gone/convex.config.js"; export default gone;` },
      `Could not resolve "./gone/convex.config.js"`,
    ],
    [
      "a child that throws",
      {
        "convex.config.ts": appConfig(`import part from "./part/convex.config.js";`, "app.use(part);"),
        "part/convex.config.ts": `throw new Error("broken part");`,
      },
      "broken part",
    ],
    [
      "a prefix for the app itself",
      {
        "convex.config.ts": `import { defineApp } from "convex/server"; export default defineApp({ httpPrefix: "/x/" });`,
      },
      "The httpPrefix of defineApp() is not supported by the local engine yet.",
    ],
  ])("%s", async (_what, files, message) => {
    const error: unknown = await load(files).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DeveloperError);
    expect(String(error)).toContain(message);
  });
});
