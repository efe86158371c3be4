import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  EnvironmentError,
  parseClerkEnv,
  parseClerkWebhookEnv,
  parseConvexEnv,
  parseNextEnv,
  parseOutboundEnv,
  parseSecretsEnv,
  parseTokenEnv,
  parseVisitorEnv,
} from "./env.ts";
import { createTokenKeys } from "./token-keys.ts";

const sides = [
  { side: "Next", parse: parseNextEnv, name: "CONVEX_URL", good: "http://127.0.0.1:3210" },
  { side: "pages", parse: parseClerkEnv, name: "CLERK_PUBLISHABLE_KEY", good: "pk_test_bG9jYWwk" },
  {
    side: "webhooks",
    parse: parseClerkWebhookEnv,
    name: "CLERK_WEBHOOK_SIGNING_SECRET",
    good: "whsec_bG9jYWwgc2VjcmV0",
  },
  { side: "Convex", parse: parseConvexEnv, name: "CLERK_JWT_ISSUER_DOMAIN", good: "http://127.0.0.1:3220" },
  { side: "calls", parse: parseOutboundEnv, name: "QIFY_PUBLIC_URL", good: "https://qify.test" },
  { side: "secrets", parse: parseSecretsEnv, name: "QIFY_ENCRYPTION_KEYS", good: `a:${btoa("k".repeat(32))}` },
] as const;

describe.each(sides)("the environment of $side", ({ parse, name, good }) => {
  it("is what was given, without the variables of others", () => {
    expect(parse({ [name]: good, PATH: "/bin" })).toEqual({ [name]: good });
  });

  it.each([{}, { [name]: undefined }, { [name]: "" }])("names a missing variable and its purpose: %o", (source) => {
    expect(() => parse(source)).toThrow(EnvironmentError);
    expect(() => parse(source)).toThrow(new RegExp(`${name} is missing \\([a-z].{10,}\\)[^]*\\.env\\.example`));
  });

  it("names a malformed variable without repeating its value", () => {
    const parseMalformed = () => parse({ [name]: "ftp://secret-value" });
    expect(parseMalformed).toThrow(`${name} is malformed`);
    expect(parseMalformed).not.toThrow("secret-value");
  });

  it("has each of its variables in .env.example", () => {
    expect(readFileSync(".env.example", "utf8")).toMatch(new RegExp(`^#? ?${name}=`, "m"));
  });
});

describe("who calls the door for chat visitors", () => {
  it("is unknown unless the host says in which header it stands", () => {
    expect(parseVisitorEnv({})).toEqual({});
    const given = { QIFY_CLIENT_ADDRESS_HEADER: "x-real-ip" };
    expect(parseVisitorEnv(given)).toEqual(given);
    expect(() => parseVisitorEnv({ QIFY_CLIENT_ADDRESS_HEADER: "two words" })).toThrow("is malformed");
  });

  it("is explained in .env.example", () => {
    expect(readFileSync(".env.example", "utf8")).toMatch(/^# QIFY_CLIENT_ADDRESS_HEADER=/m);
  });
});

describe("the key of our own tokens", () => {
  it("is read from one line of JSON", async () => {
    const { privateKey } = await createTokenKeys("k1");
    expect(parseTokenEnv({ QIFY_TOKEN_PRIVATE_KEY: privateKey }).QIFY_TOKEN_PRIVATE_KEY.kid).toBe("k1");
  });

  it("is never repeated when it is malformed", () => {
    const parseMalformed = () => parseTokenEnv({ QIFY_TOKEN_PRIVATE_KEY: '{"d":"secret-value"}' });
    expect(parseMalformed).toThrow("QIFY_TOKEN_PRIVATE_KEY is malformed (private key");
    expect(parseMalformed).not.toThrow("secret-value");
  });

  it("is explained in .env.example, on both sides", () => {
    expect(readFileSync(".env.example", "utf8")).toMatch(/^QIFY_TOKEN_PRIVATE_KEY=[^]*^# QIFY_TOKEN_JWKS=/m);
  });
});
