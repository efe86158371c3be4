import { actionGeneric, httpActionGeneric, internalQueryGeneric, mutationGeneric, queryGeneric } from "convex/server";
import { v } from "convex/values";
import { describe, expect, test } from "vitest";
import type { FunctionMeta } from "../types.ts";
import { analyzeCrons, analyzeFunctions, analyzeRoutes, analyzeSchema } from "./analysis.ts";

const query = queryGeneric({ args: { n: v.number() }, returns: v.null(), handler: () => null });
const mutation = mutationGeneric(() => null);
const action = actionGeneric(() => null);

describe("analyzeFunctions", () => {
  test("knows registered functions among other exports, a default export too", () => {
    const modules = { a: { default: query, mutation, helper: () => 1, constant: 3, nothing: null }, "b/c": { action } };
    const kinds = [...analyzeFunctions(modules, "isolate")].map(([path, { kind }]) => [path, kind]);
    expect(kinds).toEqual([
      ["a:default", "query"],
      ["a:mutation", "mutation"],
      ["b/c:action", "action"],
    ]);
  });

  test("reads validators, and takes anything where none is declared", () => {
    const found = analyzeFunctions({ a: { query, mutation } }, "isolate");
    expect(found.get("a:query")).toMatchObject({ args: { type: "object" }, returns: { type: "null" } });
    expect(found.get("a:mutation")).toMatchObject({ args: { type: "any" }, returns: null });
  });

  test("tells internal functions from public ones", () => {
    const modules = { a: { query, hidden: internalQueryGeneric(() => null) } };
    const visibilities = [...analyzeFunctions(modules, "isolate").values()].map(({ visibility }) => visibility);
    expect(visibilities).toEqual(["public", "internal"]);
  });

  test("leaves http actions to the router", () => {
    const serve = httpActionGeneric(async () => new Response(""));
    expect(analyzeFunctions({ http: { serve } }, "isolate").size).toBe(0);
  });

  test.each([
    ["Query", query],
    ["Mutation", mutation],
    ["HttpAction", httpActionGeneric(async () => new Response(""))],
  ])("refuses a %s in a use-node module", (title, registered) => {
    expect(() => analyzeFunctions({ "deep/a": { registered } }, "node")).toThrow(
      `\`registered\` defined in \`deep/a.js\` is a ${title} function. Only actions can be defined in Node.js.`,
    );
    expect(analyzeFunctions({ a: { action } }, "node").get("a:action")?.node).toBe(true);
  });

  test("names the function whose validator is broken", () => {
    const broken = Object.assign(() => {}, {
      isQuery: true,
      exportArgs: () => {
        throw new Error("A validator is undefined");
      },
    });
    expect(() => analyzeFunctions({ a: { broken } }, "isolate")).toThrow("a:broken: A validator is undefined");
  });
});

describe("analyzeCrons", () => {
  const meta: FunctionMeta = { kind: "mutation", visibility: "internal", args: {}, returns: null, node: false };
  const crons = (name: string) => ({
    crons: { default: { isCrons: true, export: () => JSON.stringify({ tick: { name, args: [{}], schedule: {} } }) } },
  });

  test("gives each job with its identifier", () => {
    const jobs = analyzeCrons(crons("a:b"), new Map([["a:b", meta]]));
    expect(jobs).toEqual([{ identifier: "tick", name: "a:b", args: [{}], schedule: {} }]);
  });

  test("refuses a job that runs nothing, or a query", () => {
    expect(() => analyzeCrons(crons("a:b"), new Map())).toThrow(`"tick" runs a:b`);
    expect(() => analyzeCrons(crons("a:b"), new Map([["a:b", { ...meta, kind: "query" }]]))).toThrow(`"tick" runs a:b`);
  });
});

test("an app needs neither schema, crons nor router", () => {
  expect(analyzeSchema({})).toBeNull();
  expect(analyzeCrons({}, new Map())).toEqual([]);
  expect(analyzeRoutes({})).toEqual([]);
});
