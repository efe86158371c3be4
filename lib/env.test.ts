import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  EnvironmentError,
  parseClerkEnv,
  parseConvexEnv,
  parseNextEnv,
  parseOutboundEnv,
  parseSecretsEnv,
} from "./env.ts";

const sides = [
  { side: "Next", parse: parseNextEnv, name: "CONVEX_URL", good: "http://127.0.0.1:3210" },
  { side: "pages", parse: parseClerkEnv, name: "CLERK_PUBLISHABLE_KEY", good: "pk_test_bG9jYWwk" },
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
