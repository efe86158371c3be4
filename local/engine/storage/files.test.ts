import { createHash } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { assertNoFaults, startTestWorld, type TestWorld } from "../testing/world.ts";
import type { Json, JsonObject } from "../types.ts";

const HOUR_MS = 3_600_000;
const TEXT = "0123456789";

let world: TestWorld;
beforeAll(async () => {
  world = await startTestWorld("parts");
});
afterAll(() => world.close());
afterEach(() => assertNoFaults(world));

const digestOf = (text: string) => createHash("sha256").update(text).digest();
const text = async (path: string, args: JsonObject = {}) => z.string().parse(await world.call(path, args));
const inVault = (kind: "ask" | "change" | "act", name: string, args: Json = {}) =>
  text(`vaults:${kind}`, { name, args });
const stored = () => world.call("files:rows");

/** Posts to an upload URL as a browser does. */
async function post(url: string, body: string, headers: Record<string, string> = { "content-type": "text/plain" }) {
  const response = await fetch(url, { method: "POST", headers, body });
  const answer = z
    .object({ storageId: z.string().optional(), code: z.string().optional() })
    .parse(await response.json());
  return { status: response.status, ...answer, id: answer.storageId ?? "" };
}

const upload = async (body = TEXT) => (await post(await text("files:uploadUrl"), body)).id;

describe("a file's life", () => {
  it("begins at an upload URL, is described, served in whole and in parts, and ends when it is deleted", async () => {
    const { status, id } = await post(await text("files:uploadUrl"), TEXT);
    expect(status).toBe(200);
    const description = { sha256: digestOf(TEXT).toString("hex"), size: 10, contentType: "text/plain" };
    expect(await world.call("files:metadata", { id })).toEqual({ storageId: id, ...description });
    expect(await world.call("files:metadataOfAction", { id })).toEqual({ storageId: id, ...description });
    expect(await world.call("files:row", { id })).toMatchObject({ _id: id, ...description });

    const url = await text("files:urlOf", { id });
    expect(await world.call("files:urlOfAction", { id })).toBe(url);
    const whole = await fetch(url);
    expect(await whole.text()).toBe(TEXT);
    expect(whole.headers.get("content-type")).toBe("text/plain");
    expect(whole.headers.get("digest")).toBe(`sha-256=${digestOf(TEXT).toString("base64")}`);
    const part = await fetch(url, { headers: { range: "bytes=2-4" } });
    expect([part.status, part.headers.get("content-range"), await part.text()]).toEqual([206, "bytes 2-4/10", "234"]);

    await world.call("files:remove", { id });
    expect((await fetch(url)).status).toBe(404);
    for (const path of ["urlOf", "urlOfAction", "metadata", "metadataOfAction", "row", "read"]) {
      expect([path, await world.call(`files:${path}`, { id })]).toEqual([path, null]);
    }
    await expect(world.call("files:remove", { id })).rejects.toThrow(`storage id ${id} not found`);
  });

  it("outlives the engine that took it", async () => {
    const id = await upload("kept");
    await world.restart();
    expect(await (await fetch(await text("files:urlOf", { id }))).text()).toBe("kept");
  });

  it("may end in an action", async () => {
    const id = await upload();
    await world.call("files:removeInAction", { id });
    expect(await world.call("files:row", { id })).toBeNull();
  });

  it("goes on when the mutation that deleted it fails", async () => {
    const id = await upload();
    await expect(world.call("files:removeThenFail", { id })).rejects.toThrow("on second thoughts");
    expect(await (await fetch(await text("files:urlOf", { id }))).text()).toBe(TEXT);
  });

  it("shows in a query that asked for it before: the row is what the query read", async () => {
    const id = await upload();
    const call = { component: "", path: "files:urlOf", args: { id }, identity: null, publicOnly: true };
    const { reads } = world.running.engine.runQuery(call);
    const written = new Set<number>();
    const stop = world.running.engine.onCommit((commit) => commit.writes.forEach(({ index }) => written.add(index)));
    await world.call("files:remove", { id });
    stop();
    expect(reads.some(({ index }) => written.has(index))).toBe(true);
  });
});

describe("a mutation", () => {
  it("stores a file and reads it back in the same transaction", async () => {
    const answer = await world.call("files:storeInMutation", { text: "añ", type: "text/css" });
    expect(answer).toMatchObject({ text: "añ", type: "text/css", size: 3 });
    const { id } = z.object({ id: z.string() }).parse(answer);
    expect(await world.call("files:readInMutation", { id })).toEqual({ text: "añ", type: "text/css" });
    expect(await world.call("files:read", { id })).toEqual({ text: "añ", type: "text/css" });
    expect(await (await fetch(await text("files:urlOf", { id }))).text()).toBe("añ");
    expect(await world.call("files:metadata", { id })).toMatchObject({ size: 3, contentType: "text/css" });
  });

  it("reads what was uploaded, bytes that are no text too", async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    const url = await text("files:uploadUrl");
    const response = await fetch(url, { method: "POST", body: bytes });
    const { storageId: id } = z.object({ storageId: z.string() }).parse(await response.json());
    expect(await world.call("files:readInMutation", { id })).toEqual({
      text: new TextDecoder().decode(bytes),
      type: "",
    });
  });

  it("leaves no file behind when it fails", async () => {
    const before = await stored();
    const failing = world.call("files:storeInMutation", { text: "x", type: "", fail: true });
    await expect(failing).rejects.toThrow("not this one");
    expect(await stored()).toBe(before);
  });

  it("finds nothing where a file was deleted, and refuses what is no file's id", async () => {
    const id = await upload();
    await world.call("files:remove", { id });
    expect(await world.call("files:readInMutation", { id })).toBeNull();
    const note = await world.call("files:insertNote", { text: "no file" });
    await expect(world.call("files:readInMutation", { id: note })).rejects.toThrow("Invalid storage ID");
  });

  it("may say the digest that the bytes must have", async () => {
    const store = (sha256: string) => world.call("files:storeInMutation", { text: TEXT, type: "", sha256 });
    expect(await store(digestOf(TEXT).toString("base64"))).toMatchObject({ text: TEXT, type: "" });
    await expect(store(digestOf("other").toString("hex"))).rejects.toThrow("SHA-256");
  });

  it("has blobs and files that it can read without waiting", async () => {
    expect(await world.call("files:blobs")).toEqual({
      blob: ["añBCdE", 7, "text/plain", true],
      part: ["dE", "a", "a/b"],
      bytes: [0, 0],
      file: ["añBCdE!", "a.txt", "text/css", true, true],
      empty: ["", 0, ""],
    });
  });
});

describe("an upload", () => {
  it("is refused when its digest is another's, and then nothing is stored", async () => {
    const before = await stored();
    const url = await text("files:uploadUrl");
    const wrong = { digest: `sha-256=${digestOf("other").toString("base64")}` };
    expect(await post(url, TEXT, wrong)).toMatchObject({ status: 400 });
    expect(await stored()).toBe(before);
    const right = { digest: `sha-256=${digestOf(TEXT).toString("base64")}` };
    expect(await post(url, TEXT, right)).toMatchObject({ status: 200 });
  });

  it.each([
    ["an unknown token", (token: string) => token.slice(0, -2)],
    ["a token with a later date", (token: string) => token.replace(/^\d+/, (time) => `${Number(time) + 1}`)],
    ["a token for another component", (token: string) => token.replace(/\.[^.]*\./, `.${btoa("vault")}.`)],
    ["no token", () => ""],
    ["half a token", (token: string) => token.split(".").slice(0, 2).join(".")],
  ])("with %s stores nothing", async (_what, forge) => {
    const before = await stored();
    const url = new URL(await text("files:uploadUrl"));
    url.searchParams.set("token", forge(url.searchParams.get("token") ?? ""));
    expect(await post(url.href, TEXT)).toMatchObject({ status: 401, code: "StorageTokenInvalid" });
    expect(await stored()).toBe(before);
  });

  it("may be begun for an hour, over a restart too", async () => {
    const url = new URL(await text("files:uploadUrl"));
    await world.restart();
    const again = new URL(url.pathname + url.search, world.running.url).href;
    world.clock.time += HOUR_MS - 1;
    expect(await post(again, TEXT)).toMatchObject({ status: 200 });
    world.clock.time += 1;
    expect(await post(again, TEXT)).toMatchObject({ status: 401 });
  });

  it("of nothing is a file of no bytes", async () => {
    const id = await upload("");
    expect(await world.call("files:metadata", { id })).toMatchObject({ size: 0 });
    expect((await fetch(await text("files:urlOf", { id }))).status).toBe(200);
  });

  it("can be offered by an action, and not by a query", async () => {
    expect(await post(await text("files:uploadUrlOfAction"), TEXT)).toMatchObject({ status: 200 });
    const asked = { door: "async", operation: "1.0/storageGenerateUploadUrl" };
    expect(await world.call("operations:inQuery", asked)).toEqual({
      refusal: "A query cannot generate an upload URL.",
    });
  });
});

describe("an action's own files", () => {
  it("come back as they were stored", async () => {
    const id = await text("files:store", { text: "é", type: "text/markdown" });
    expect(await world.call("files:read", { id })).toEqual({ text: "é", type: "text/markdown" });
  });

  it("without a type claim none", async () => {
    const id = await text("files:store", { text: "x", type: "" });
    expect(await world.call("files:metadata", { id })).toMatchObject({ contentType: null });
    expect(await world.call("files:read", { id })).toEqual({ text: "x", type: "" });
  });

  it.each(["hex", "base64"] as const)("are held to their digest, given in %s", async (encoding) => {
    const before = await stored();
    const store = (sha256: string) => world.call("files:store", { text: "x", type: "", sha256 });
    await expect(store(digestOf("y").toString(encoding))).rejects.toThrow("do not have the given SHA-256 digest");
    expect(await stored()).toBe(before);
    await expect(store(digestOf("x").toString(encoding))).resolves.toBeTypeOf("string");
  });
});

describe("an id that is no file's", () => {
  it.each(["urlOf", "urlOfAction", "metadata", "remove", "removeInAction", "read"])(
    "is refused by %s",
    async (path) => {
      const note = await text("files:insertNote", { text: "not a file" });
      for (const id of [note, "garbage", ""]) {
        await expect(world.call(`files:${path}`, { id })).rejects.toThrow(`Invalid storage ID: "${id}".`);
      }
      expect(await world.call("vaults:get", { id: note })).toMatchObject({ text: "not a file" });
    },
  );

  it("is not found over HTTP", async () => {
    const note = await text("files:insertNote", { text: "not a file" });
    for (const id of [note, "garbage", "%00", "a/b"]) {
      const { status } = await fetch(`${world.running.url}/api/storage/${id}`);
      expect([id, status]).toEqual([id, 404]);
    }
  });

  it("is not found over HTTP in a component that the app does not have either", async () => {
    const id = await upload();
    for (const component of ["nobody", "vault/nobody", "\u0000"]) {
      const { status } = await fetch(`${world.running.url}/api/storage/${id}?${new URLSearchParams({ component })}`);
      expect([component, status]).toEqual([component, 404]);
    }
  });
});

describe("a component's files", () => {
  it("lie in its own namespace: its URL works, its id means nothing to the app", async () => {
    const { id } = await post(await inVault("change", "uploadUrl"), "of the vault");
    const url = await inVault("ask", "urlOf", { id });
    expect(new URL(url).searchParams.get("component")).toBe("vault");
    expect(await (await fetch(url)).text()).toBe("of the vault");
    expect((await fetch(`${world.running.url}/api/storage/${id}`)).status).toBe(404);
    expect(await world.call("files:row", { id }).catch(() => null)).toBeNull();
  });

  it("may be stored by its actions", async () => {
    const before = await stored();
    const id = await inVault("act", "storeText", { text: "deep" });
    expect(await (await fetch(await inVault("ask", "urlOf", { id }))).text()).toBe("deep");
    expect(await stored()).toBe(before);
  });
});
