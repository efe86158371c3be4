import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type HttpNode, listMounts, routeRequest } from "./mounts.ts";

type Parts = { get?: string[]; post?: string[]; mounts?: Record<string, string> };

function node({ get = [], post = [], mounts = {} }: Parts): HttpNode {
  const routes = [...get.map((path) => ({ path, method: "GET" })), ...post.map((path) => ({ path, method: "POST" }))];
  return { routes, mounts: new Map(Object.entries(mounts)) };
}

const nodes = new Map([
  [
    "",
    node({
      get: ["/mail/exact", "/files/*", "/mail/own/*", "/tie/*"],
      post: ["/hook"],
      mounts: { "/mail/": "mail", "/tie/": "mail", "/files/private/": "vault" },
    }),
  ],
  ["mail", node({ get: ["/inbox", "/box/*"], post: ["/send"], mounts: { "/deep/": "mail/deep" } })],
  ["mail/deep", node({ get: ["/*"] })],
  ["vault", node({})],
]);
const route = (path: string, method = "GET") => {
  const target = routeRequest(nodes, { path, method });
  return target && `${target.component} ${target.path}`;
};

describe("a request", () => {
  test.each([
    ["/mail/exact", " /mail/exact"], // the app's own exact route, before the mount
    ["/mail/own/x", " /mail/own/x"], // its own longer prefix, before the mount
    ["/mail/inbox", "mail /inbox"],
    ["/mail/box/a/b", "mail /box/a/b"],
    ["/tie/inbox", "mail /inbox"], // among equals the mount
    ["/files/a", " /files/a"],
    ["/mail/deep/", "mail/deep /"],
    ["/mail/deep/any/thing", "mail/deep /any/thing"],
  ])("for %s goes to %s", (path, expected) => {
    expect(route(path)).toBe(expected);
  });

  test.each([
    ["/", "GET"],
    ["/mail", "GET"], // a mount begins with its slash
    ["/mail/", "GET"],
    ["/mail/nothing", "GET"],
    ["/mailbox", "GET"],
    ["/mail/inbox", "POST"],
    ["/hook", "GET"],
    ["/files/private/x", "GET"], // handed on, and the vault has no routes; the app is not asked again
  ])("for %s by %s has nobody to answer", (path, method) => {
    expect(route(path, method)).toBeNull();
  });

  test("is routed by its method, and HEAD as GET", () => {
    expect(route("/mail/send", "POST")).toBe("mail /send");
    expect(route("/mail/inbox", "HEAD")).toBe("mail /inbox");
  });

  test("to an app without routes and mounts has nobody to answer", () => {
    expect(routeRequest(new Map([["", node({})]]), { path: "/", method: "GET" })).toBeNull();
    expect(routeRequest(new Map(), { path: "/", method: "GET" })).toBeNull();
  });

  test("keeps what it asked for below a mount: the prefix and the path that is left are the whole path", () => {
    const segment = fc.stringMatching(/^[a-z]{1,3}$/);
    fc.assert(
      fc.property(fc.array(segment), fc.array(segment, { minLength: 1, maxLength: 3 }), (rest, prefix) => {
        const mount = `/${prefix.join("/")}/`;
        const tree = new Map([
          ["", node({ mounts: { [mount]: "child" } })],
          ["child", node({ get: ["/*"] })],
        ]);
        const path = mount + rest.join("/");
        expect(routeRequest(tree, { path, method: "GET" })).toEqual({ component: "child", path: `/${rest.join("/")}` });
      }),
    );
  });
});

describe("the mounts of a component", () => {
  const installed = (path: string, httpPrefix: string | null, children: Record<string, string> = {}) => ({
    path,
    httpPrefix,
    children: new Map(Object.entries(children)),
  });

  test("are where its children begin below it", () => {
    const mounts = listMounts([
      installed("", "/", { mail: "mail", pool: "pool" }),
      installed("mail", "/mail/", { deep: "mail/deep" }),
      installed("mail/deep", "/mail/deep/er/"),
      installed("pool", null, { deep: "pool/deep" }),
      installed("pool/deep", null),
    ]);
    expect(Object.fromEntries([...mounts].map(([path, own]) => [path, Object.fromEntries(own)]))).toEqual({
      "": { "/mail/": "mail" },
      mail: { "/deep/er/": "mail/deep" },
      "mail/deep": {},
      pool: {},
      "pool/deep": {},
    });
  });
});
