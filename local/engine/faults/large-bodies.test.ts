// Bodies at the limits of every door, and past them: taken or refused with words, and nobody else notices.
import { once } from "node:events";
import { request } from "node:http";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { assertNoFaults, startTestWorld, type TestWorld } from "../testing/world.ts";

const MIB = 1024 * 1024;
const LIMIT = 20 * MIB;
const ARGUMENT_LIMIT = 16 * MIB;
const SLOW = { timeout: 60_000 };

let world: TestWorld;
beforeAll(async () => {
  world = await startTestWorld("endurance");
});
afterAll(() => world.close());
afterEach(async () => {
  assertNoFaults(world);
  await world.call("effects:newest", { count: 1 });
});

const post = (url: string, body: string | Uint8Array<ArrayBuffer>) =>
  fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body });

/** Sends without saying how much, until it is stopped. */
async function postInChunks(url: string, bytes: number): Promise<number> {
  const outgoing = request(url, { method: "POST" });
  outgoing.on("error", () => undefined);
  const answered = once(outgoing, "response");
  let isAnswered = false;
  const noted = answered.then(() => (isAnswered = true));
  for (let sent = 0; sent < bytes && !isAnswered; sent += MIB) {
    await new Promise<void>((resolve) => outgoing.write(Buffer.alloc(MIB), () => resolve()));
  }
  outgoing.end();
  const [response] = z.tuple([z.looseObject({ statusCode: z.number() })]).parse(await answered);
  await noted;
  outgoing.destroy();
  return response.statusCode;
}

describe("an HTTP action", () => {
  it("gets a body of 20 MiB whole", SLOW, async () => {
    const response = await post(`${world.running.siteUrl}/length`, new Uint8Array(LIMIT));
    expect([response.status, await response.text()]).toEqual([200, String(LIMIT)]);
  });

  it.each(["on the site's port", "on the main port"])("does not get a byte more, %s", SLOW, async (where) => {
    const base = where === "on the main port" ? `${world.running.url}/http` : world.running.siteUrl;
    const response = await post(`${base}/length`, new Uint8Array(LIMIT + 1));
    expect([response.status, await response.json()]).toEqual([
      413,
      { code: "PayloadTooLarge", message: `The request body is larger than ${LIMIT} bytes` },
    ]);
  });

  it("does not get more either from who does not say how much it is", SLOW, async () => {
    expect(await postInChunks(`${world.running.siteUrl}/length`, LIMIT + 4 * MIB)).toBe(413);
  });
});

describe("a mutation over HTTP", () => {
  const mutate = (characters: number) =>
    post(
      `${world.running.url}/api/mutation`,
      JSON.stringify({ path: "ballast:loadText", args: { text: "x".repeat(characters) } }),
    );

  it("takes arguments of nearly 16 MiB", SLOW, async () => {
    const answer: unknown = await (await mutate(ARGUMENT_LIMIT - MIB)).json();
    expect(answer).toMatchObject({ status: "success", value: ARGUMENT_LIMIT - MIB });
  });

  it("fails with words for arguments beyond that", SLOW, async () => {
    const answer: unknown = await (await mutate(ARGUMENT_LIMIT + MIB)).json();
    expect(answer).toMatchObject({ status: "error", errorMessage: expect.stringMatching(/too large/) });
  });

  it("is refused a body beyond 20 MiB", SLOW, async () => {
    expect((await mutate(LIMIT)).status).toBe(413);
  });
});

describe("an upload", () => {
  it("takes 21 MiB, and gives them back", SLOW, async () => {
    const url = z.string().parse(await world.call("files:uploadUrl"));
    const response = await post(url, new Uint8Array(LIMIT + MIB).fill(7));
    const { storageId } = z.object({ storageId: z.string() }).parse(await response.json());
    const stored = await (await fetch(`${world.running.url}/api/storage/${storageId}`)).bytes();
    expect([stored.length, stored.every((byte) => byte === 7)]).toEqual([LIMIT + MIB, true]);
  });

  it("is refused beyond 256 MiB before a byte of it is read", SLOW, async () => {
    const url = z.string().parse(await world.call("files:uploadUrl"));
    const outgoing = request(url, { method: "POST", headers: { "content-length": String(257 * MIB) } });
    outgoing.on("error", () => undefined);
    outgoing.write("x");
    const [response] = z.tuple([z.looseObject({ statusCode: z.number() })]).parse(await once(outgoing, "response"));
    outgoing.destroy();
    expect(response.statusCode).toBe(413);
  });
});
