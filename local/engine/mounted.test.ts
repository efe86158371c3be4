/** A component of the app's own with routes, crons and variables, as one installs it twice. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { makeDirectory } from "./bundle/test-directory.ts";
import { assertNoFaults, startTestWorld, type TestWorld } from "./testing/world.ts";
import type { Identity } from "./types.ts";

const SERVER = `import { anyApi, cronJobs, defineComponent, defineApp, httpActionGeneric as httpAction, httpRouter,
  mutationGeneric as mutation, queryGeneric as query, componentsGeneric } from "convex/server"; import { v } from "convex/values";\n`;

const FILES = {
  "convex.config.ts": `${SERVER} import part from "./part/convex.config";
    const app = defineApp({ env: { WORD: v.string() } });
    app.use(part, { name: "one", httpPrefix: "/one", env: { NAME: app.env.WORD } });
    app.use(part, { name: "two", httpPrefix: "/two/", env: { NAME: "second" } });
    export default app;`,
  "http.ts": `${SERVER} const http = httpRouter();
    http.route({ path: "/one/own", method: "GET", handler: httpAction(async (ctx) => {
      const { subject } = (await ctx.auth.getUserIdentity()) ?? {};
      return Response.json({ app: true, subject: subject ?? null });
    }) });
    export default http;`,
  "ask.ts": `${SERVER} const { one, two } = componentsGeneric();
    export const notes = query({ args: {}, handler: async (ctx) => ({
      one: await ctx.runQuery(one.notes.list, {}), two: await ctx.runQuery(two.notes.list, {}) }) });`,
  "part/convex.config.ts": `${SERVER} export default defineComponent("part", { env: { NAME: v.string() } });`,
  "part/schema.ts": `import { defineSchema, defineTable } from "convex/server"; import { v } from "convex/values";
    export default defineSchema({ notes: defineTable({ text: v.string() }) });`,
  "part/notes.ts": `${SERVER}
    export const add = mutation({ args: { text: v.string() }, handler: async (ctx, { text }) => {
      await ctx.db.insert("notes", { text: process.env.NAME + ": " + text }); } });
    export const list = query({ args: {}, handler: async (ctx) =>
      (await ctx.db.query("notes").collect()).map(({ text }) => text) });`,
  "part/crons.ts": `${SERVER} const crons = cronJobs();
    crons.interval("tick", { hours: 1 }, anyApi.notes.add, { text: "tick" });
    crons.daily("noon", { hourUTC: 12, minuteUTC: 0 }, anyApi.notes.add, { text: "noon" });
    export default crons;`,
  "part/http.ts": `${SERVER} const http = httpRouter();
    http.route({ path: "/facts", method: "GET", handler: httpAction(async (ctx, request) => Response.json({
      name: process.env.NAME, word: process.env.WORD ?? null, site: process.env.CONVEX_SITE_URL,
      path: new URL(request.url).pathname, identity: await ctx.auth.getUserIdentity() })) });
    http.route({ pathPrefix: "/notes/", method: "POST", handler: httpAction(async (ctx, request) => {
      await ctx.runMutation(anyApi.notes.add, { text: await request.text() });
      return new Response(null, { status: 201 }); }) });
    http.route({ path: "/unsendable", method: "GET", handler: httpAction(async () => Response.error()) });
    http.route({ path: "/fails", method: "GET", handler: httpAction(async () => { throw new Error("no luck"); }) });
    export default http;`,
};

const ADA: Identity = { tokenIdentifier: "https://issuer|ada", issuer: "https://issuer", subject: "ada" };
const HOUR_MS = 3_600_000;

let world: TestWorld;
beforeEach(async () => {
  const environment = (name: string) => (name === "WORD" ? "first" : undefined);
  world = await startTestWorld("app", { directory: makeDirectory(FILES), environment }); // 06:00 UTC
});
afterEach(async () => {
  assertNoFaults(world);
  await world.close();
});

const notes = async () =>
  z.object({ one: z.array(z.string()), two: z.array(z.string()) }).parse(await world.call("ask:notes"));
const onSite = (path: string, init?: RequestInit) => fetch(`${world.running.siteUrl}${path}`, init);

describe("a mounted component", () => {
  it("answers below its prefix, each install with its own variables, and is told the whole address", async () => {
    const facts = await Promise.all(["/one/facts", "/two/facts"].map(async (path) => (await onSite(path)).json()));
    const site = world.running.siteUrl;
    expect(facts).toEqual([
      { name: "first", word: null, site: `${site}/one`, path: "/one/facts", identity: null },
      { name: "second", word: null, site: `${site}/two`, path: "/two/facts", identity: null },
    ]);
  });

  it("answers on the deployment's port too, below /http", async () => {
    const response = await fetch(`${world.running.url}/http/two/facts`);
    expect(await response.json()).toMatchObject({ name: "second", path: "/two/facts" });
  });

  it("writes into its own tables", async () => {
    const response = await onSite("/two/notes/anything", { method: "POST", body: "by http" });
    expect(response.status).toBe(201);
    const { one, two } = await notes();
    expect(two).toContain("second: by http");
    expect(one.join()).not.toContain("by http");
  });

  it("is not told who calls; the app is, on its own exact route below the component's prefix", async () => {
    const { engine } = world.running;
    const ask = async (path: string) => (await engine.runHttpAction(new Request(`http://local${path}`), ADA)).json();
    expect(await ask("/one/own")).toEqual({ app: true, subject: "ada" });
    expect(await ask("/one/facts")).toMatchObject({ identity: null });
  });

  it("answers nothing else: neither below another prefix nor by another method", async () => {
    for (const [path, method] of [
      ["/facts", "GET"],
      ["/one", "GET"],
      ["/one/nothing", "GET"],
      ["/one/facts", "POST"],
      ["/three/facts", "GET"],
    ] as const) {
      const response = await onSite(path, { method });
      expect([path, response.status, await response.text()]).toEqual([path, 404, "No matching routes found"]);
    }
  });

  it("answers HEAD as GET without the body", async () => {
    const response = await onSite("/one/facts", { method: "HEAD" });
    expect([response.status, await response.text()]).toEqual([200, ""]);
  });

  it("fails as the app does, with the frames of its own sources", async () => {
    const response = await onSite("/one/fails");
    expect(response.status).toBe(500);
    expect(JSON.stringify(await response.json())).toMatch(/no luck.*part\/http\.ts/);
  });

  it("is told that an answer cannot be sent, which is no fault of the engine", async () => {
    const response = await onSite("/one/unsendable");
    expect([response.status, JSON.stringify(await response.json())]).toEqual([
      500,
      expect.stringContaining("An HTTP action cannot answer with Response.error()"),
    ]);
  });
});

describe("the crons of a component", () => {
  it("run once for each install, in its own tables and with its own variables", async () => {
    await expect.poll(notes).toEqual({ one: ["first: tick"], two: ["second: tick"] });
    world.advance(HOUR_MS);
    await expect.poll(notes).toEqual({
      one: ["first: tick", "first: tick"],
      two: ["second: tick", "second: tick"],
    });
  });

  it("keep their rhythm over a restart, and the calendar", async () => {
    await expect.poll(async () => (await notes()).two).toEqual(["second: tick"]);
    world.clock.time += HOUR_MS / 2;
    await world.restart();
    expect((await notes()).one).toEqual(["first: tick"]);
    world.advance(5.5 * HOUR_MS);
    await expect
      .poll(async () => (await notes()).one.toSorted())
      .toEqual(["first: noon", "first: tick", "first: tick"]);
  });
});
