import { describe, expect, test } from "vitest";
import { DeveloperError } from "../errors.ts";
import { installComponents, type Installed } from "./component-tree.ts";
import type { Definition, EnvironmentBinding } from "./definitions.ts";

type Parts = Partial<Omit<Definition, "children" | "variables">> & {
  children?: { name: string; definition: Definition; environment?: [string, EnvironmentBinding][] }[];
  /** Names of required variables; a question mark at the end makes one optional. */
  variables?: string[];
};

function definition({ children = [], variables = [], ...rest }: Parts): Definition {
  return {
    directory: "/app",
    name: "",
    httpMounts: new Map(),
    ...rest,
    children: children.map(({ environment = [], ...child }) => ({
      ...child,
      environment: new Map(environment),
      importedAs: child.name,
    })),
    variables: variables.map((name) => [
      name.replace("?", ""),
      { type: "value", value: `{"type":"string"}`, optional: name.endsWith("?") },
    ]),
  };
}

const deployment: Record<string, string> = {
  CONVEX_CLOUD_URL: "http://cloud",
  CONVEX_SITE_URL: "http://site",
  KEY: "app key",
  OTHER: "unrelated",
};

/** A variable that need not be set ends with a question mark in these tests. */
const bare = (name: string) => name.replace("?", "");

const variablesOf = (all: Record<string, string>) => ({
  environment: (name: string) => all[name],
  environmentNames: () => Object.keys(all),
});

function install(root: Definition): Map<string, Installed> {
  return new Map(installComponents(root, variablesOf(deployment)).map((one) => [one.path, one]));
}

describe("paths", () => {
  const leaf = definition({ directory: "/leaf" });
  const middle = definition({ directory: "/middle", children: [{ name: "leaf", definition: leaf }] });

  test("every install has a path of its own, the app first", () => {
    const tree = install(
      definition({
        children: [
          { name: "a", definition: middle },
          { name: "b", definition: middle },
        ],
      }),
    );
    expect([...tree.keys()]).toEqual(["", "a", "a/leaf", "b", "b/leaf"]);
    expect(tree.get("b/leaf")?.directory).toBe("/leaf");
    expect(tree.get("b")?.children).toEqual(new Map([["leaf", "b/leaf"]]));
  });
});

describe("variables", () => {
  const child = definition({ variables: ["TOKEN", "LEVEL?"] });
  const installed = (environment: [string, EnvironmentBinding][]) =>
    install(definition({ children: [{ name: "child", definition: child, environment }] })).get("child");

  test("come by value or from the parent", () => {
    expect(installed([["TOKEN", { type: "value", value: "fixed" }]])?.environment("TOKEN")).toBe("fixed");
    expect(installed([["TOKEN", { type: "envVar", name: "KEY" }]])?.environment("TOKEN")).toBe("app key");
  });

  test("that are not declared stay unseen, whoever sets them", () => {
    const own = installed([
      ["TOKEN", { type: "value", value: "fixed" }],
      ["OTHER", { type: "value", value: "given" }],
    ]);
    expect([own?.environment("OTHER"), own?.environment("KEY"), own?.environment("LEVEL")]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test("are listed where they are declared, with the deployment's URLs; the app has all", () => {
    const own = installed([["TOKEN", { type: "value", value: "fixed" }]]);
    expect(own?.environmentNames()).toEqual(["TOKEN", "LEVEL?", "CONVEX_CLOUD_URL", "CONVEX_SITE_URL"].map(bare));
    expect(install(definition({})).get("")?.environmentNames()).toEqual(Object.keys(deployment));
    // Each name once, or nobody could list them: `process.env` is a proxy.
    const declared = definition({ variables: ["CONVEX_SITE_URL?"] });
    const tree = install(definition({ children: [{ name: "part", definition: declared }] }));
    expect(tree.get("part")?.environmentNames()).toEqual(["CONVEX_SITE_URL", "CONVEX_CLOUD_URL"]);
  });

  test("that are required and missing are named with their component", () => {
    expect(() => installed([])).toThrow(DeveloperError);
    expect(() => installed([])).toThrow("TOKEN is required by the convex.config of component child");
  });

  test("pass through several levels by reference", () => {
    const middle = definition({
      variables: ["MIDDLE"],
      children: [{ name: "child", definition: child, environment: [["TOKEN", { type: "envVar", name: "MIDDLE" }]] }],
    });
    const root = definition({
      children: [{ name: "middle", definition: middle, environment: [["MIDDLE", { type: "envVar", name: "KEY" }]] }],
    });
    expect(install(root).get("middle/child")?.environment("TOKEN")).toBe("app key");
  });
});

describe("HTTP prefixes", () => {
  const mount = (prefix: string, name: string) => new Map([[prefix, `_reference/childComponent/${name}`]]);
  const leaf = definition({});
  const open = definition({ children: [{ name: "leaf", definition: leaf }], httpMounts: mount("/deep/", "leaf") });

  test("add up along mounted components, in the site's URL too", () => {
    const tree = install(
      definition({ children: [{ name: "open", definition: open }], httpMounts: mount("/mail/", "open") }),
    );
    expect([...tree.values()].map(({ httpPrefix }) => httpPrefix)).toEqual(["/", "/mail/", "/mail/deep/"]);
    expect(tree.get("open/leaf")?.environment("CONVEX_SITE_URL")).toBe("http://site/mail/deep");
    expect(tree.get("open/leaf")?.environment("CONVEX_CLOUD_URL")).toBe("http://cloud");
  });

  test("are none below a component that is not mounted", () => {
    const tree = install(definition({ children: [{ name: "open", definition: open }] }));
    expect([tree.get("open")?.httpPrefix, tree.get("open/leaf")?.httpPrefix]).toEqual([null, null]);
    expect(tree.get("open/leaf")?.environment("CONVEX_SITE_URL")).toBe("http://site");
  });
});
