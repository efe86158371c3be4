import { describe, expect, test } from "vitest";
import type { Identity } from "../types.ts";
import { ANONYMOUS, createAuthenticator } from "./caller.ts";

const KEY = "local|a:b";
const ALICE: Identity = { tokenIdentifier: "i|alice", issuer: "i", subject: "alice" };

const authenticator = createAuthenticator({
  verifier: { verify: async (token) => ({ identity: { ...ALICE, token }, expiresAt: 5 }) },
  adminKey: KEY,
});

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64");

describe("the Authorization header", () => {
  test("none means nobody", async () => {
    await expect(authenticator.header(undefined)).resolves.toEqual(ANONYMOUS);
  });

  test.each(["Bearer jwt", "bearer jwt", "  Bearer   jwt "])("%j carries a token", async (header) => {
    await expect(authenticator.header(header)).resolves.toEqual({
      identity: { ...ALICE, token: "jwt" },
      isAdmin: false,
      expiresAt: 5,
      token: "jwt",
    });
  });

  test("the admin key makes an admin who never expires", async () => {
    await expect(authenticator.header(`Convex ${KEY}`)).resolves.toEqual({ ...ANONYMOUS, isAdmin: true });
  });

  test("an identity after the key is whom the admin acts as", async () => {
    const attributes = { issuer: "i", subject: "carol", name: "Carol" };
    await expect(authenticator.header(`Convex ${KEY}:${base64(attributes)}`)).resolves.toMatchObject({
      isAdmin: true,
      identity: { ...attributes, tokenIdentifier: "i|carol" },
    });
  });

  test.each(["", "Basic abc", "Bearer", "jwt"])("%j is no header of ours", async (header) => {
    await expect(authenticator.header(header)).rejects.toMatchObject({ code: "InvalidAuthHeader" });
  });

  test.each([
    "local|a:c",
    "local|a",
    `${KEY}x`,
    `wrong:${base64({ issuer: "i", subject: "s" })}`,
    `${KEY}:!!!`,
    `${KEY}:${base64([1])}`,
    `${KEY}:${base64({ subject: "no issuer" })}`,
  ])("the key %j is refused", async (key) => {
    await expect(authenticator.header(`Convex ${key}`)).rejects.toMatchObject({ code: "BadAdminKey" });
  });
});

test("an acting identity beside the key counts before one behind it, and may bring its own identifier", () => {
  const { identity } = authenticator.admin(`${KEY}:${base64({ issuer: "i", subject: "behind" })}`, {
    issuer: "i",
    subject: "beside",
    tokenIdentifier: "own",
  });
  expect(identity).toEqual({ issuer: "i", subject: "beside", tokenIdentifier: "own" });
});
