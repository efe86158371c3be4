import { AsyncLocalStorage } from "node:async_hooks";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { removedGlobals, sharedGlobals } from "./web-globals.ts";

/** What V8 gives a context that nobody has touched. */
const bare = z.array(z.string()).parse(Array.from(runInNewContext("Object.getOwnPropertyNames(globalThis)")));
const shared = Object.keys(sharedGlobals);
const typedArrays = bare.filter((name) => {
  const value: unknown = Reflect.get(globalThis, name);
  return typeof value === "function" && Object.getPrototypeOf(value) === Object.getPrototypeOf(Uint8Array);
});

describe("what the host lends", () => {
  test.each(Object.entries(sharedGlobals))("%s is the host's own", (name, value) => {
    const own: unknown = name === "AsyncLocalStorage" ? AsyncLocalStorage : Reflect.get(globalThis, name);
    expect(value).toBeTypeOf("function");
    expect(value).toBe(own);
  });

  test("has everything that carries bytes, and else nothing that a realm has of its own", () => {
    expect(typedArrays).toContain("Uint8Array");
    const alsoOfRealms = shared.filter((name) => bare.includes(name));
    expect(alsoOfRealms.toSorted()).toEqual([...typedArrays, "ArrayBuffer", "DataView"].toSorted());
  });

  test.each(["Object", "Array", "Promise", "Error", "Map", "Function"])("leaves %s each realm's own", (name) => {
    expect(bare).toContain(name);
    expect(shared).not.toContain(name);
  });

  test.each(["Buffer", "process", "require", "global", "setImmediate", "WebSocket", "navigator"])(
    "has no %s, which Convex lacks",
    (name) => {
      expect(shared).not.toContain(name);
    },
  );

  test.each(["fetch", "setTimeout", "setInterval", "crypto", "Date", "performance", "queueMicrotask"])(
    "leaves %s to each kind of realm: it lets the outside in",
    (name) => {
      expect(shared).not.toContain(name);
    },
  );
});

describe("what is taken from a realm", () => {
  test.each(removedGlobals)("%s is there to be taken, and is not lent again", (name) => {
    expect(bare).toContain(name);
    expect(shared).not.toContain(name);
  });
});
