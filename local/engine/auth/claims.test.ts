import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { identityOfCustomJwt, identityOfOidc } from "./claims.ts";

const WHO = { tokenIdentifier: "i|s", issuer: "i", subject: "s" };
const ABOUT_THE_TOKEN = { iss: "x", sub: "y", aud: ["z"], exp: 1, iat: 2, nbf: 3, jti: "j", fva: [0, 1] };

describe("claims of OpenID Connect", () => {
  it("have Convex's names where they are standard, and their own where not", () => {
    const claims = {
      ...ABOUT_THE_TOKEN,
      name: "n",
      given_name: "g",
      family_name: "f",
      nickname: "k",
      preferred_username: "u",
      profile: "https://profile",
      picture: "https://picture",
      email: "e",
      email_verified: false,
      gender: "x",
      birthdate: "2000-01-01",
      zoneinfo: "America/Sao_Paulo",
      locale: "pt-BR",
      phone_number: "+55",
      phone_number_verified: true,
      address: { country: "BR" },
      updated_at: "2026",
      org_role: "admin",
      o: { id: "o1" },
    };
    expect(identityOfOidc(WHO, claims)).toEqual({
      ...WHO,
      name: "n",
      givenName: "g",
      familyName: "f",
      nickname: "k",
      preferredUsername: "u",
      profileUrl: "https://profile",
      pictureUrl: "https://picture",
      email: "e",
      emailVerified: false,
      gender: "x",
      birthday: "2000-01-01",
      timezone: "America/Sao_Paulo",
      language: "pt-BR",
      phoneNumber: "+55",
      phoneNumberVerified: true,
      address: { country: "BR" },
      updatedAt: "2026",
      org_role: "admin",
      o: { id: "o1" },
    });
  });
});

describe("claims of a custom JWT", () => {
  it("keep their names, those of OpenID Connect too, and lose what is about the token", () => {
    const claims = { ...ABOUT_THE_TOKEN, given_name: "g", emailVerified: true, Some_Thing: null };
    expect(identityOfCustomJwt(WHO, claims)).toEqual({
      ...WHO,
      given_name: "g",
      emailVerified: true,
      Some_Thing: null,
    });
  });

  it("are flat: whatever is inside an object is reached with dots, lists stay whole", () => {
    const claims = { org: { id: "o1", plan: { name: "pro", seats: [1, { a: 2 }] }, none: {} }, "a.b": 1 };
    expect(identityOfCustomJwt(WHO, claims)).toEqual({
      ...WHO,
      "org.id": "o1",
      "org.plan.name": "pro",
      "org.plan.seats": [1, { a: 2 }],
      "a.b": 1,
    });
  });

  it("only the outermost names are about the token", () => {
    expect(identityOfCustomJwt(WHO, { org: { sub: "inner", fva: 1 } })).toMatchObject({
      "org.sub": "inner",
      "org.fva": 1,
    });
  });
});

describe("whatever a token claims", () => {
  const claims = fc.dictionary(fc.string(), fc.jsonValue()).map((value) => JSON.parse(JSON.stringify(value)));

  it("who it is for is what was verified", () => {
    const liar = { tokenIdentifier: "other", issuer: "other", subject: "other" };
    fc.assert(
      fc.property(claims, (claimed) => {
        for (const identityOf of [identityOfOidc, identityOfCustomJwt]) {
          expect(identityOf(WHO, { ...claimed, ...liar })).toMatchObject(WHO);
        }
      }),
    );
  });

  it("a custom JWT's identity holds no object", () => {
    fc.assert(
      fc.property(claims, (claimed) => {
        for (const value of Object.values(identityOfCustomJwt(WHO, claimed))) {
          expect(value === null || typeof value !== "object" || Array.isArray(value)).toBe(true);
        }
      }),
    );
  });
});
