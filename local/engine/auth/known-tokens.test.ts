import { describe, expect, test } from "vitest";
import type { AuthProvider } from "../types.ts";
import { AuthFailure } from "./auth-failure.ts";
import { rememberTokens } from "./known-tokens.ts";

const START = 1_800_000_000_000;
const PROVIDERS: readonly AuthProvider[] = [{ type: "oidc", domain: "https://issuer.test", applicationID: "app" }];

/** Counts how often each token had its signature checked. */
function setUp({ lifeMs = 3_600_000 } = {}) {
  const world = { time: START, providers: PROVIDERS, checks: new Map<string, number>(), refuses: false };
  const clock = { now: () => world.time };
  const verifier = rememberTokens(
    {
      async verify(token) {
        world.checks.set(token, (world.checks.get(token) ?? 0) + 1);
        if (world.refuses) throw new AuthFailure("Unauthenticated", "no");
        const identity = { tokenIdentifier: `i|${token}`, issuer: "i", subject: token };
        return { identity, expiresAt: START + lifeMs };
      },
    },
    { providers: () => world.providers, clock },
  );
  return { world, verifier, checks: (token: string) => world.checks.get(token) ?? 0 };
}

describe("a token that is shown again", () => {
  test("is checked once a minute, and is the same person each time", async () => {
    const { world, verifier, checks } = setUp();
    const first = await verifier.verify("ana");
    world.time += 59_999;
    expect(await verifier.verify("ana")).toEqual(first);
    expect(checks("ana")).toBe(1);
    world.time += 1;
    expect(await verifier.verify("ana")).toEqual(first);
    expect(checks("ana")).toBe(2);
  });

  test("is nobody else's", async () => {
    const { verifier } = setUp();
    await verifier.verify("ana");
    expect((await verifier.verify("bia")).identity.subject).toBe("bia");
  });

  test("is checked again from the moment it ends", async () => {
    const { world, verifier, checks } = setUp({ lifeMs: 5_000 });
    await verifier.verify("ana");
    world.time += 5_000;
    world.refuses = true;
    await expect(verifier.verify("ana")).rejects.toThrow(AuthFailure);
    expect(checks("ana")).toBe(2);
  });

  test("is checked again when the clock was set back: the minute would be an hour", async () => {
    const { world, verifier, checks } = setUp();
    await verifier.verify("ana");
    world.time -= 3_600_000;
    world.refuses = true;
    await expect(verifier.verify("ana")).rejects.toThrow(AuthFailure);
    expect(checks("ana")).toBe(2);
  });

  test("is checked again once the app has other providers", async () => {
    const { world, verifier, checks } = setUp();
    await verifier.verify("ana");
    world.providers = [];
    world.refuses = true;
    await expect(verifier.verify("ana")).rejects.toThrow(AuthFailure);
    expect(checks("ana")).toBe(2);
  });

  test("is not remembered for being refused: it may be good a moment later", async () => {
    const { world, verifier } = setUp();
    world.refuses = true;
    await expect(verifier.verify("ana")).rejects.toThrow(AuthFailure);
    world.refuses = false;
    await expect(verifier.verify("ana")).resolves.toHaveProperty("identity");
  });
});

test("a thousand tokens are remembered at most: the one that was checked longest ago goes", async () => {
  const { verifier, checks } = setUp();
  for (let n = 0; n <= 1_000; n++) await verifier.verify(`${n}`);
  await verifier.verify("1000");
  await verifier.verify("0");
  expect([checks("1000"), checks("0")]).toEqual([1, 2]);
});
