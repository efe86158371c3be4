import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { covers } from "./store/testing.ts";
import { assertNoFaults, startTestWorld, type TestWorld } from "./testing/world.ts";
import type { Identity, Json } from "./types.ts";

let world: TestWorld;
beforeAll(async () => {
  world = await startTestWorld("parts");
});
afterAll(() => world.close());
afterEach(() => assertNoFaults(world));

const ADA: Identity = { tokenIdentifier: "https://issuer|ada", issuer: "https://issuer", subject: "ada" };
const ask = (name: string, args: Json = {}) => world.call("vaults:ask", { name, args });
const change = (name: string, args: Json = {}) => world.call("vaults:change", { name, args });
const take = (limiter: "loose" | "strict", key: string) => world.call("limits:take", { limiter, key });
const notes = async () => z.array(z.string()).parse(await world.call("limits:notes"));

describe("a published component in the app's transactions", () => {
  it("keeps its count: a capacity of three lets three through", async () => {
    const answers: Json[] = [];
    for (let n = 0; n < 5; n++) answers.push(await take("loose", "three"));
    expect(answers).toEqual([true, true, true, false, false]);
  });

  it("keeps it over a restart, and forgets it when its window is over", async () => {
    for (let n = 0; n < 3; n++) await take("loose", "window");
    await world.restart();
    expect(await take("loose", "window")).toBe(false);
    world.advance(3_600_000);
    expect(await take("loose", "window")).toBe(true);
  });

  it("installed twice has two namespaces", async () => {
    for (let n = 0; n < 3; n++) await take("loose", "both");
    expect(await take("loose", "both")).toBe(false);
    expect(await take("strict", "both")).toBe(true);
  });

  it("counts nothing for a mutation of the app that fails", async () => {
    for (let n = 0; n < 5; n++) {
      const failing = world.call("limits:takeThenFail", { limiter: "loose", key: "undone" });
      await expect(failing).rejects.toThrow("nothing was sent");
    }
    expect(await take("loose", "undone")).toBe(true);
  });

  it("throws ConvexErrors that the app can read; what the app wrote before stays", async () => {
    const send = (text: string) => world.call("limits:noteThenTake", { limiter: "strict", key: "throws", text });
    const answers: Json[] = [];
    for (const text of ["t1", "t2", "t3", "t4"]) answers.push(await send(text));
    expect(answers).toEqual(["sent", "sent", "sent", "RateLimited"]);
    expect(await notes()).toEqual(expect.arrayContaining(["t1", "t2", "t3", "t4"]));
  });
});

describe("one transaction over the boundary", () => {
  it("undoes what a failing component wrote, and nothing else, when the app catches", async () => {
    const caught = await world.call("vaults:survive");
    expect(caught).toContain("the vault is jammed");
    expect(await notes()).toEqual(expect.arrayContaining(["before the vault", "after the vault"]));
    expect(await ask("list")).not.toContain("undone");
  });

  it("undoes what a component wrote when the app fails", async () => {
    await expect(world.call("vaults:putThenFail")).rejects.toThrow("the app failed");
    expect(await ask("list")).not.toContain("never kept");
  });

  it("can be looked back through, to the state that it began with", async () => {
    const answer = await world.call("snapshots:noteAndLookBack", { text: "new in this one" });
    expect(answer).toEqual({ stale: false, fresh: true });
    expect(await notes()).toContain("new in this one");
  });

  it("makes a query depend on what the component read", async () => {
    const args = { name: "list", args: {} };
    const query = { component: "", path: "vaults:ask", args, identity: null, publicOnly: true };
    const { reads } = world.running.engine.runQuery(query);
    const touched: boolean[] = [];
    const stop = world.running.engine.onCommit(({ writes }) =>
      touched.push(writes.some((write) => covers({ reads }, write))),
    );
    await world.call("vaults:noteFromVault", { text: "elsewhere" });
    await change("add", { text: "seen" });
    stop();
    expect(touched).toEqual([false, true]);
  });

  it("is one call deep per call: endless recursion is told so", async () => {
    await expect(ask("recurse")).rejects.toThrow("Cross component call depth limit exceeded");
  });
});

describe("what crosses the boundary", () => {
  it("is not who called", () => {
    const call = { component: "", path: "vaults:whoIsWho", args: {}, identity: ADA, publicOnly: true };
    expect(world.running.engine.runQuery(call)).toMatchObject({ ok: true, value: '{"app":"ada","vault":null}' });
  });

  it("is an id as text: the component knows it, to the app it is no document's", async () => {
    const id = z.string().parse(await change("add", { text: "by id" }));
    expect(await ask("get", { id })).toMatchObject({ _id: id, text: "by id" });
    expect(await world.call("vaults:get", { id })).toBeNull();
  });

  it("is an id of the app's as text too: in the component it finds nothing", async () => {
    const id = await world.call("files:insertNote", { text: "the app's" });
    expect(await ask("get", { id })).toBeNull();
  });

  it("is a function handle: the component calls the app back inside the same transaction", async () => {
    const handle = await world.call("vaults:handleOfNote");
    await change("callBack", { handle, text: "called back" });
    expect(await notes()).toContain("called back");
  });

  it("is no page: a component cannot paginate", async () => {
    await expect(ask("page")).rejects.toThrow(
      "paginate() is only supported in the app. Learn more at https://docs.convex.dev/components/authoring#pagination",
    );
  });
});

describe("who may call a component", () => {
  it("is the app, and only what is public; the component itself may call all of its own", async () => {
    await expect(ask("secret")).rejects.toThrow("Could not find");
    expect(await ask("askSecret")).toBe("for the vault only");
  });

  it("is told when there is no such function", async () => {
    await expect(ask("missing")).rejects.toThrow("'entries:missing'");
  });

  it("is an admin, by the component's path; nobody else over HTTP", async () => {
    const post = async (authorization: Record<string, string>, componentPath: string) => {
      const response = await fetch(`${world.running.url}/api/query`, {
        method: "POST",
        headers: { "content-type": "application/json", ...authorization },
        body: JSON.stringify({ path: "entries:whoAmI", args: {}, componentPath }),
      });
      return [response.status, await response.json()];
    };
    const admin = { authorization: "Convex test key" };
    expect(await post(admin, "vault")).toEqual([200, { status: "success", value: null }]);
    expect(await post({}, "vault")).toEqual([403, expect.objectContaining({ code: "BadDeployKey" })]);
    const [status, answer] = await post(admin, "gone");
    expect(status).toBe(200);
    expect(answer).toMatchObject({
      status: "error",
      errorMessage: expect.stringContaining("Component gone is not installed."),
    });
  });
});

describe("a scheduled call into a component", () => {
  it("runs there, as a job of the app that scheduled it", async () => {
    await world.call("vaults:later", { name: "add", args: { text: "in time" } });
    await expect.poll(() => ask("list")).toContain("in time");
    expect(await world.call("vaults:jobs")).toContainEqual({ name: "entries.js:add", state: { kind: "success" } });
  });

  it("is checked against the component's own tables when it is made", async () => {
    await expect(world.call("vaults:later", { name: "add", args: { text: 7 } })).rejects.toThrow(
      "ArgumentValidationError",
    );
  });
});
