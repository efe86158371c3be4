import { once } from "node:events";
import { createServer } from "node:net";
import { ConvexClient, ConvexHttpClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from "jose";
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import { createTestIssuer } from "../auth/test-issuer.ts";
import { makeDirectory } from "../bundle/test-directory.ts";
import { assertNoFaults, startTestWorld, type TestWorld } from "../testing/world.ts";

const lines: { path: string; line: string }[] = [];
let world: TestWorld;
beforeAll(async () => {
  world = await startTestWorld("parts", { onLog: (line) => lines.push(line) });
});
afterAll(() => world.close());
afterEach(() => {
  assertNoFaults(world);
  lines.length = 0;
});

const MINUTE = { expiresInSeconds: 60 };
const REQUEST = z.object({
  ip: z.string().nullable(),
  userAgent: z.string().nullable(),
  requestId: z.string().regex(/^[0-9a-f]{16}$/),
  scheduledFunctionId: z.string().nullable(),
  authToken: z.string().nullable(),
});
const mutationNamed = (path: string) => makeFunctionReference<"mutation">(path);
const sign = async (options: { claims?: Record<string, string>; expiresInSeconds: number }, of = world) =>
  z.string().parse(await of.call("deployment:sign", options));

const failureOf = (path: string, of = world): Promise<string> =>
  of.call(path).then(
    () => expect.unreachable(),
    (error: Error) => error.message,
  );

/** The claims of a token, verified by what the deployment publishes, at the time of its own clock. */
async function verify(token: string, { running, clock }: TestWorld = world) {
  const published = await (await fetch(`${running.url}/.well-known/jwks.json`)).json();
  const { payload } = await jwtVerify(token, createLocalJWKSet(published), { currentDate: new Date(clock.now()) });
  return payload;
}

describe("a signed JWT", () => {
  it("is verified by the published keys, and says who issued it and until when it is good", async () => {
    const token = await sign({ claims: { sub: "ana", role: "admin" }, expiresInSeconds: 90.5 });
    const iat = world.clock.now() / 1000;
    expect(await verify(token)).toEqual({ sub: "ana", role: "admin", iss: world.running.url, iat, exp: iat + 90 });
    expect(decodeProtectedHeader(token)).toEqual({ alg: "ES256", typ: "JWT", kid: expect.any(String) });
  });

  it("of a component names the component", async () => {
    const token = z.string().parse(await world.call("vaults:change", { name: "sign", args: {} }));
    expect(await verify(token)).toMatchObject({ sub: "vault", iss: `${world.running.url}/components/vault` });
  });

  it("stays good over a restart: the key is kept", async () => {
    const token = await sign(MINUTE);
    await world.restart();
    await verify(await sign(MINUTE));
    await expect(verify(token)).resolves.toHaveProperty("exp");
  });

  it("of another deployment is none of this one's", async () => {
    const other = await startTestWorld("parts");
    onTestFinished(() => other.close());
    await expect(verify(await sign(MINUTE, other))).rejects.toThrow("no applicable key");
  });

  it("that a failing mutation made first is no token of anybody", async () => {
    const other = await startTestWorld("parts");
    onTestFinished(() => other.close());
    const message = await failureOf("deployment:signThenFail", other);
    const token = /Uncaught Error: ([\w-]+\.[\w-]+\.[\w-]+)/.exec(message)?.[1] ?? "";
    await expect(verify(token, other)).rejects.toThrow("no applicable key");
    await expect(verify(await sign(MINUTE, other), other)).resolves.toHaveProperty("exp");
  });

  it.each([0, 0.5, -1, 3601])("cannot be good for %d seconds", async (expiresInSeconds) => {
    await expect(sign({ expiresInSeconds })).rejects.toThrow("`expiresInSeconds` must be between 1 and 3600");
  });

  it.each(["iss", "iat", "exp", "nbf", "convex", "Convex_org", "cvx.role", "CVX"])("cannot claim %s", async (name) => {
    const claims = { [name]: "x" };
    await expect(sign({ claims, ...MINUTE })).rejects.toThrow(`The claim \`${name}\` is reserved and cannot be set.`);
  });

  it("signs a person in where the app trusts its own deployment", async () => {
    const port = await freePort();
    const app = {
      "auth.config.ts": `const url = process.env.CONVEX_CLOUD_URL;
        export default { providers: [{ type: "customJwt", issuer: url, jwks: url + "/.well-known/jwks.json", algorithm: "ES256" }] };`,
      "deployment.ts": `import { mutationGeneric as mutation, queryGeneric as query } from "convex/server";
        export const sign = mutation((ctx, options) => ctx.auth.signJwt(options));
        export const me = query(async (ctx) => (await ctx.auth.getUserIdentity())?.subject ?? null);`,
    };
    const own = await startTestWorld("", { directory: makeDirectory(app), port });
    onTestFinished(() => own.close());
    const client = new ConvexHttpClient(own.running.url, { logger: false });
    client.setAuth(await sign({ claims: { sub: "ana" }, ...MINUTE }, own));
    expect(await client.query(makeFunctionReference<"query">("deployment:me"))).toBe("ana");
  });
});

describe("a request's metadata", () => {
  const OURS = { ip: "127.0.0.1", scheduledFunctionId: null };

  it("come over HTTP: who asks, with what, and by which token, in an action's own calls too", async () => {
    const headers = { "user-agent": "a test" };
    const body = JSON.stringify({ path: "deployment:requestOfAction", args: {} });
    const response = await fetch(`${world.running.url}/api/action`, { method: "POST", headers, body });
    const { value } = z.object({ value: z.array(REQUEST) }).parse(await response.json());
    expect(value[0]).toMatchObject({ ...OURS, userAgent: "a test", authToken: null });
    expect(value[1]).toEqual(value[0]);
  });

  it("come over a socket", async () => {
    const client = new ConvexClient(world.running.url, { logger: false });
    onTestFinished(() => client.close());
    const ask = async () => REQUEST.parse(await client.mutation(mutationNamed("deployment:request"), {}));
    const [first, second] = [await ask(), await ask()];
    expect(first).toMatchObject({ ...OURS, authToken: null });
    expect(second.requestId).not.toBe(first.requestId);
  });

  it("hold the token of who is signed in, and no admin key", async () => {
    const issuer = await createTestIssuer("ES256");
    const signedIn = await startTestWorld("parts", {
      directory: makeDirectory({
        "auth.config.ts": `export default { providers: [${JSON.stringify(issuer.provider())}] };`,
        "me.ts": `import { mutationGeneric as mutation } from "convex/server";
          export const request = mutation((ctx) => ctx.meta.getRequestMetadata());`,
      }),
    });
    onTestFinished(() => signedIn.close());
    const token = await issuer.sign({}, signedIn.clock.now());
    const ask = async (authorization: string) => {
      const body = JSON.stringify({ path: "me:request", args: {} });
      const response = await fetch(`${signedIn.running.url}/api/mutation`, {
        method: "POST",
        headers: { authorization },
        body,
      });
      return z.object({ value: REQUEST }).parse(await response.json()).value.authToken;
    };
    expect(await ask(`Bearer ${token}`)).toBe(token);
    expect(await ask("Convex test key")).toBeNull();
  });

  it("reach HTTP actions", async () => {
    const response = await fetch(`${world.running.siteUrl}/request`, { headers: { "user-agent": "a browser" } });
    expect(REQUEST.parse(await response.json())).toMatchObject({ ...OURS, userAgent: "a browser" });
  });

  it("are empty for a scheduled function, but for its job", async () => {
    const id = await world.call("deployment:keepRequestLater");
    await expect.poll(async () => JSON.stringify(await world.call("limits:notes"))).toContain("scheduledFunctionId");
    const [note] = z
      .array(z.string())
      .parse(await world.call("limits:notes"))
      .filter((text) => text.startsWith("{"));
    expect(REQUEST.parse(JSON.parse(note ?? ""))).toMatchObject({
      ip: null,
      userAgent: null,
      authToken: null,
      scheduledFunctionId: id,
    });
  });

  it("have the id by which the failure is known", async () => {
    const message = await failureOf("deployment:requestThenFail");
    const [, shown, thrown] = /\[Request ID: (\w+)\] Server Error\nUncaught Error: (\w+)/.exec(message) ?? [];
    expect(shown).toMatch(/^[0-9a-f]{16}$/);
    expect(thrown).toBe(shown);
  });
});

it("the deployment has a name, and is in no region", async () => {
  expect(await world.call("deployment:describe")).toEqual({ name: "local", region: null, class: "s16" });
});

describe("an audit log", () => {
  it("is a line of the log, its variables filled in", async () => {
    const headers = { "user-agent": "a test" };
    const body = JSON.stringify({ path: "deployment:audit", args: {} });
    await fetch(`${world.running.url}/api/mutation`, { method: "POST", headers, body });
    const [{ path, line } = { path: "", line: "" }] = lines;
    expect(path).toBe("deployment:audit");
    expect(line).toMatch(/^\[INFO\] audit \{/);
    expect(JSON.parse(line.slice("[INFO] audit ".length))).toEqual({
      action: "note.read",
      by: { ip: "127.0.0.1", userAgent: "a test", convexActor: null },
      at: [world.clock.now()],
      requestId: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
  });

  it.each([
    [{}, "Expected `body`."],
    [{ body: { x: { $var: "moon" } } }, 'Unknown variable "moon" in an audit log.'],
  ])("of %j is refused", async (args, refusal) => {
    const asked = { door: "async", operation: "1.0/auditLog", args: JSON.stringify(args) };
    expect(await world.call("operations:inMutation", asked)).toEqual({ refusal });
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}
