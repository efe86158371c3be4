import { SignJWT } from "jose";
import { describe, expect, test } from "vitest";
import type { WebhookSecrets } from "../types.ts";
import { verify } from "./verify.ts";

const NOW = Date.UTC(2026, 8, 21, 12);
const MINUTE = 60_000;
const CURRENT = "current-secret-of-at-least-32-characters";
const PREVIOUS = "previous-secret-of-at-least-32-characters";
const BODY = new TextEncoder().encode('{"event":"messages.upsert","data":"olá 👋"}');

const encode = (text: string) => new TextEncoder().encode(text);

function sign(secret: string, claims: Record<string, unknown> = {}, header = { alg: "HS256" }): Promise<string> {
  const iat = NOW / 1000;
  const payload = { iat, exp: iat + 600, app: "evolution", action: "webhook", ...claims };
  return new SignJWT(payload).setProtectedHeader(header).sign(encode(secret));
}

async function hmac(secret: string, body: Uint8Array = BODY): Promise<string> {
  const key = await crypto.subtle.importKey("raw", encode(secret), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const bytes = new Uint8Array(await crypto.subtle.sign("HMAC", key, new Uint8Array(body)));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function check(
  headers: Record<string, string>,
  { now = NOW, secrets = { current: CURRENT }, body = BODY }: Options = {},
) {
  return verify({ body, headers: new Headers(headers), secrets, now });
}
type Options = { now?: number; secrets?: WebhookSecrets; body?: Uint8Array };

const rotating: WebhookSecrets = { current: CURRENT, previous: PREVIOUS };

describe("the token that Evolution signs with jwt_key", () => {
  test("is accepted, in any case of the scheme's name", async () => {
    const token = await sign(CURRENT);
    for (const scheme of ["Bearer", "bearer"]) {
      expect(await check({ authorization: `${scheme} ${token}` })).toEqual({
        ok: true,
        scheme: "jwt",
        secret: "current",
      });
    }
  });

  test("is accepted for 30 minutes after it expired, since retries reuse it, and no longer", async () => {
    const headers = { authorization: `Bearer ${await sign(CURRENT)}` };
    expect(await check(headers, { now: NOW + 39 * MINUTE })).toMatchObject({ ok: true });
    expect(await check(headers, { now: NOW + 41 * MINUTE })).toEqual({ ok: false, reason: "expired" });
  });

  test("of the previous secret is accepted while the caller still names it", async () => {
    const headers = { authorization: `Bearer ${await sign(PREVIOUS)}` };
    expect(await check(headers, { secrets: rotating })).toEqual({ ok: true, scheme: "jwt", secret: "previous" });
    expect(await check(headers)).toEqual({ ok: false, reason: "mismatch" });
  });

  test.each([
    ["another application", { app: "chatwoot" }],
    ["another action", { action: "login" }],
    ["no expiry", { exp: undefined }],
  ])("with %s is refused", async (_what, claims) => {
    expect(await check({ authorization: `Bearer ${await sign(CURRENT, claims)}` })).toMatchObject({ ok: false });
  });

  test("signed with another secret, another algorithm or none is refused", async () => {
    const [header, payload] = (await sign(CURRENT)).split(".");
    const none = `${btoa('{"alg":"none"}').replaceAll("=", "")}.${payload}.`;
    const other = await sign(CURRENT.repeat(2), {}, { alg: "HS512" });
    for (const token of [await sign("x".repeat(40)), other, none, `${header}.${payload}.`, "abc"]) {
      expect(await check({ authorization: `Bearer ${token}` })).toEqual({ ok: false, reason: "mismatch" });
    }
  });

  test("an expired token of a wrong secret is a mismatch, not an expiry", async () => {
    const headers = { authorization: `Bearer ${await sign("x".repeat(40))}` };
    expect(await check(headers, { now: NOW + 600 * MINUTE })).toEqual({ ok: false, reason: "mismatch" });
  });
});

describe("the secret header", () => {
  test("is accepted with the current and the previous secret", async () => {
    expect(await check({ "X-Webhook-Secret": CURRENT })).toEqual({ ok: true, scheme: "header", secret: "current" });
    expect(await check({ "X-Webhook-Secret": PREVIOUS }, { secrets: rotating })).toMatchObject({ secret: "previous" });
  });

  test.each(["", "x", CURRENT.slice(0, -1), `${CURRENT}x`])("%j is refused", async (given) => {
    expect(await check({ "x-webhook-secret": given })).toEqual({ ok: false, reason: "mismatch" });
  });
});

describe("an HMAC of the raw body", () => {
  test("is accepted bare or with its algorithm, in any case of letters", async () => {
    const signature = await hmac(CURRENT);
    for (const given of [signature, `sha256=${signature}`, signature.toUpperCase()]) {
      expect(await check({ "x-signature": given })).toEqual({ ok: true, scheme: "hmac", secret: "current" });
    }
    expect(await check({ "x-signature": await hmac(PREVIOUS) }, { secrets: rotating })).toMatchObject({
      secret: "previous",
    });
  });

  test("covers the bytes: the same JSON written differently is refused", async () => {
    const headers = { "x-signature": await hmac(CURRENT) };
    const spaced = encode('{"event": "messages.upsert","data":"olá 👋"}');
    expect(await check(headers, { body: spaced })).toEqual({ ok: false, reason: "mismatch" });
  });

  test.each(["", "sha256=", "zz", "00", "sha1=00"])("%j is refused", async (given) => {
    expect(await check({ "x-signature": given })).toMatchObject({ ok: false });
  });
});

describe("what is not there", () => {
  test("no credential at all is told apart from a wrong one", async () => {
    expect(await check({})).toEqual({ ok: false, reason: "missing" });
    expect(await check({ authorization: "Basic abc" })).toEqual({ ok: false, reason: "missing" });
  });

  test("an empty secret of ours never verifies anything", async () => {
    const secrets = { current: "", previous: "" };
    expect(await check({ "x-webhook-secret": "" }, { secrets })).toMatchObject({ ok: false });
    expect(await check({ "x-signature": await hmac("x") }, { secrets })).toMatchObject({ ok: false });
  });

  test("one right credential is enough beside a wrong one", async () => {
    const headers = { authorization: "Bearer abc", "x-webhook-secret": CURRENT };
    expect(await check(headers)).toEqual({ ok: true, scheme: "header", secret: "current" });
  });
});
