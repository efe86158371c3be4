import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { App, Component, FunctionMeta, JsonObject } from "../types.ts";
import {
  createHandle,
  parseFunctionPath,
  requireComponent,
  resolveAddress,
  fullName,
  shownPath,
  storedPath,
} from "./addresses.ts";

test.each([
  ["messages:list", "messages:list"],
  ["messages.js:list", "messages:list"],
  ["inbox/messages.js:list", "inbox/messages:list"],
  ["messages", "messages:default"],
  ["messages.js", "messages:default"],
  ["", ":default"],
])("%j names %j", (given, expected) => {
  expect(parseFunctionPath(given)).toBe(expected);
});

const word = fc.stringMatching(/^[a-z][a-zA-Z0-9]{0,8}$/);
const path = fc
  .tuple(fc.array(word, { minLength: 1, maxLength: 3 }), word)
  .map(([parts, name]) => `${parts.join("/")}:${name}`);

test("the stored form of a path names the same function", () => {
  fc.assert(
    fc.property(path, (one) => {
      expect(parseFunctionPath(storedPath(one))).toBe(one);
    }),
  );
});

test("the shown form of a path names the same function, a default export by its module alone", () => {
  fc.assert(
    fc.property(path, (one) => {
      expect(parseFunctionPath(shownPath(one))).toBe(one);
    }),
  );
  expect(shownPath("inbox:default")).toBe("inbox");
  expect(fullName("", "inbox:default")).toBe("inbox");
  expect(fullName("pool/worker", "lib:run")).toBe("pool/worker/lib:run");
});

const META: FunctionMeta = { kind: "query", visibility: "public", args: { type: "any" }, returns: null, node: false };

function component(
  path: string,
  { children = {}, functions = [] }: { children?: Record<string, string>; functions?: string[] } = {},
): Component {
  const never = () => expect.unreachable("nothing runs here");
  return {
    path,
    children: new Map(Object.entries(children)),
    functions: new Map(functions.map((name) => [name, META])),
    schema: null,
    crons: [],
    environment: () => undefined,
    environmentNames: () => [],
    run: never,
    act: never,
  };
}

const root = component("", { children: { mail: "mail", pool: "pool" } });
const mail = component("mail", {
  children: { pool: "mail/pool" },
  functions: ["api:send", "pool/api:send", "deep/api:send"],
});
const mailPool = component("mail/pool", { functions: ["api:send", "lib:run"] });
const app: App = {
  components: new Map(
    [root, mail, mailPool, component("pool", { functions: ["lib:run"] })].map((one) => [one.path, one]),
  ),
  authProviders: [],
  routes: [],
  serveHttp: async () => null,
};
const resolve = (address: JsonObject, from = root) => {
  const { component: found, path: name } = resolveAddress(app, from, address);
  return `${found.path};${name}`;
};

describe("an address", () => {
  it("by name stays in the caller's component", () => {
    expect(resolve({ name: "api:send" })).toBe(";api:send");
    expect(resolve({ name: "api.js:send" }, mail)).toBe("mail;api:send");
  });

  it.each([
    ["mail/api/send", "mail;api:send"],
    ["mail/deep/api/send", "mail;deep/api:send"],
    ["pool/lib/run", "pool;lib:run"],
    ["mail/pool/lib/run", "mail/pool;lib:run"],
    // A module of the child's own comes before a grandchild of the same name.
    ["mail/pool/api/send", "mail;pool/api:send"],
  ])("by reference %s is %s", (reference, expected) => {
    expect(resolve({ reference: `_reference/childComponent/${reference}` })).toBe(expected);
  });

  it("by reference begins at the caller's children, not at the app's", () => {
    const reference = "_reference/childComponent/pool/lib/run";
    expect(resolve({ reference }, mail)).toBe("mail/pool;lib:run");
    expect(() => resolve({ reference }, mailPool)).toThrow('No component is installed as "pool".');
  });

  it("by handle goes anywhere, and comes back as it was made", () => {
    fc.assert(
      fc.property(fc.constantFrom(...app.components.values()), path, (one, name) => {
        const functionHandle = createHandle({ component: one, path: name });
        expect(resolve({ functionHandle }, mailPool)).toBe(`${one.path};${name}`);
      }),
    );
  });

  it.each([
    [{}, "Expected a function name, a reference or a function handle."],
    [{ name: 7 }, "Expected a function name, a reference or a function handle."],
    [{ functionHandle: "mail;api:send" }, '"mail;api:send" is not a function handle.'],
    [{ functionHandle: "function://mail" }, '"function://mail" is not a function handle.'],
    [{ functionHandle: "function://gone;a:b" }, "Component gone is not installed."],
    [{ reference: "mail/api/send" }, 'Unsupported function reference "mail/api/send".'],
    [{ reference: "_reference/childComponent/gone/a/b" }, 'No component is installed as "gone".'],
    [{ reference: "_reference/childComponent" }, 'No component is installed as "".'],
    [{ reference: "_reference/childComponent/constructor/a/b" }, 'No component is installed as "constructor".'],
  ])("%j is refused: %s", (address, message) => {
    expect(() => resolve(address)).toThrow(message);
  });
});

test("a component that is not there is named; the app too", () => {
  expect(() => requireComponent(app, "x/y")).toThrow("Component x/y is not installed.");
  expect(() => requireComponent({ ...app, components: new Map() }, "")).toThrow("Component (app) is not installed.");
});
