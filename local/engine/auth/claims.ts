/** What functions see of a token. Claims about the token itself are left out: an identity is who, not when. */
import { asObject } from "../json.ts";
import type { Identity, Json, JsonObject } from "../types.ts";

type Who = { tokenIdentifier: string; issuer: string; subject: string };

/** `fva` (minutes since each factor was verified) changes every minute and would re-run every query that asks who calls. */
const ABOUT_THE_TOKEN = new Set(["iss", "sub", "aud", "exp", "iat", "nbf", "jti", "fva"]);

const STANDARD_CLAIMS: Readonly<Record<string, string>> = {
  name: "name",
  given_name: "givenName",
  family_name: "familyName",
  nickname: "nickname",
  preferred_username: "preferredUsername",
  profile: "profileUrl",
  picture: "pictureUrl",
  email: "email",
  email_verified: "emailVerified",
  gender: "gender",
  birthdate: "birthday",
  zoneinfo: "timezone",
  locale: "language",
  phone_number: "phoneNumber",
  phone_number_verified: "phoneNumberVerified",
  address: "address",
  updated_at: "updatedAt",
};

/** OpenID Connect: standard claims get Convex's names, other claims keep theirs, nested objects stay whole. */
export function identityOfOidc(who: Who, claims: JsonObject): Identity {
  const named = ownClaims(claims).map(([name, value]) => [STANDARD_CLAIMS[name] ?? name, value] as const);
  return { ...Object.fromEntries(named), ...who };
}

/** Custom JWT: every claim under its own name; what lies inside an object is reached with dots, as in `org.id`. */
export function identityOfCustomJwt(who: Who, claims: JsonObject): Identity {
  return {
    ...Object.fromEntries(ownClaims(claims).flatMap(([name, value]) => flatten(name, value))),
    ...who,
  };
}

function ownClaims(claims: JsonObject): [string, Json][] {
  return Object.entries(claims).filter(([name]) => !ABOUT_THE_TOKEN.has(name));
}

function flatten(name: string, value: Json): [string, Json][] {
  const object = asObject(value);
  if (object === null) return [[name, value]];
  return Object.entries(object).flatMap(([inner, innerValue]) => flatten(`${name}.${inner}`, innerValue));
}
