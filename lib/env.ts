/**
 * The environment, read at run time and never baked into a build. Next and Convex run apart and have an environment
 * each; `.env.example` lists both. A value is never part of an error message.
 */
import { z } from "zod";
import { parseTokenKey } from "./token-keys.ts";

type Source = Readonly<Record<string, string | undefined>>;

// What is wrong is told with the variable's description: say what it is for.
const nextSchema = z.object({
  CONVEX_URL: z.url({ protocol: /^https?$/ }).describe("address of the Convex deployment, for queries and mutations"),
});

const clerkSchema = z.object({
  CLERK_PUBLISHABLE_KEY: z
    .string()
    .regex(/^pk_(?:test|live)_/)
    .describe("publishable key of Clerk, given to the browser with each page"),
  CLERK_PROXY_URL: z
    .literal("/__clerk")
    .optional()
    .describe("/__clerk lets the browser reach Clerk through this server; leave it out with a real Clerk instance"),
  CLERK_JWT_KEY: z
    .string()
    .optional()
    .describe("public key of Clerk (PEM), so that tokens are verified without a request"),
});

const clerkWebhookSchema = z.object({
  CLERK_WEBHOOK_SIGNING_SECRET: z
    .string()
    .regex(/^whsec_[A-Za-z0-9+/]+=*$/)
    .describe("secret that Clerk signs its webhooks with"),
});

const tokenSchema = z.object({
  QIFY_TOKEN_PRIVATE_KEY: z
    .string()
    .transform((text, context) => {
      const key = parseTokenKey(text);
      if (key === null) context.addIssue("not a key");
      return key ?? z.NEVER;
    })
    .describe("private key (JWK) of the tokens that this server shows Convex"),
});

const visitorSchema = z.object({
  QIFY_CLIENT_ADDRESS_HEADER: z
    .string()
    .regex(/^[\w-]+$/)
    .optional()
    .describe("header in which the host of this server says who calls, whatever the caller put there"),
});

const convexSchema = z.object({
  CLERK_JWT_ISSUER_DOMAIN: z
    .url({ protocol: /^https?$/ })
    .describe("issuer of the tokens that people sign in with (Clerk's Frontend API address)"),
});

const secretsSchema = z.object({
  QIFY_ENCRYPTION_KEYS: z
    .string()
    .regex(/^[\w-]+:[A-Za-z0-9+/]{43}=/)
    .describe("key ring that seals credentials, on both sides: id:base64 of 32 bytes, the newest first, with commas"),
});

const outboundSchema = z.object({
  QIFY_OUTBOUND_ALLOW: z
    .string()
    .regex(/^[^\s,:]+:\d+(?:\s*,\s*[^\s,:]+:\d+)*$/)
    .optional()
    .describe("host:port,host:port that may be called although they are not on the internet"),
  QIFY_PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .describe("address of this app as providers reach it, for their webhooks"),
});

export type NextEnv = z.infer<typeof nextSchema>;
export type ClerkEnv = z.infer<typeof clerkSchema>;
export type ClerkWebhookEnv = z.infer<typeof clerkWebhookSchema>;
export type TokenEnv = z.infer<typeof tokenSchema>;
export type ConvexEnv = z.infer<typeof convexSchema>;

/** What the Next server needs. Throws an `EnvironmentError` that names every variable that is missing or malformed. */
export function parseNextEnv(source: Source = process.env): NextEnv {
  return parseEnv("the Next server", nextSchema, source);
}

/** What pages need to know of Clerk. Throws an `EnvironmentError` that names every variable that is missing or malformed. */
export function parseClerkEnv(source: Source = process.env): ClerkEnv {
  return parseEnv("the Next server", clerkSchema, source);
}

/** What news from Clerk are verified with. Throws an `EnvironmentError` that names what is missing or malformed. */
export function parseClerkWebhookEnv(source: Source = process.env): ClerkWebhookEnv {
  return parseEnv("the Next server", clerkWebhookSchema, source);
}

/** What routes need to call Convex for themselves. Throws an `EnvironmentError` that names what is missing or malformed. */
export function parseTokenEnv(source: Source = process.env): TokenEnv {
  return parseEnv("the Next server", tokenSchema, source);
}

/** What the door for chat visitors may know of its callers. Throws an `EnvironmentError`. */
export function parseVisitorEnv(source: Source = process.env): z.infer<typeof visitorSchema> {
  return parseEnv("the Next server", visitorSchema, source);
}

/** What Convex functions need. Throws an `EnvironmentError` that names every variable that is missing or malformed. */
export function parseConvexEnv(source: Source = process.env): ConvexEnv {
  return parseEnv("the Convex deployment", convexSchema, source);
}

/** What both sides need to open sealed credentials. Throws an `EnvironmentError`. */
export function parseSecretsEnv(source: Source = process.env): z.infer<typeof secretsSchema> {
  return parseEnv("what opens credentials", secretsSchema, source);
}

/** What Convex's actions need to call providers. Throws an `EnvironmentError`. */
export function parseOutboundEnv(source: Source = process.env): z.infer<typeof outboundSchema> {
  return parseEnv("what calls providers", outboundSchema, source);
}

export class EnvironmentError extends Error {
  override name = "EnvironmentError";
}

function parseEnv<Shape extends z.ZodRawShape>(
  side: string,
  schema: z.ZodObject<Shape>,
  source: Source,
): z.infer<z.ZodObject<Shape>> {
  // `NAME=` in an env file means "not set".
  // Each name is asked for: Convex's `process.env` answers questions and lists nothing.
  const given = Object.fromEntries(
    Object.keys(schema.shape).flatMap((name) => (source[name] ? [[name, source[name]]] : [])),
  );
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const names = [...new Set(parsed.error.issues.map((issue) => String(issue.path[0])))];
  const problems = names.map((name) => `  ${describe(name, schema, given)}`);
  throw new EnvironmentError(
    [`The environment of ${side} is not complete:`, ...problems, "See .env.example."].join("\n"),
  );
}

function describe(name: string, schema: z.ZodObject, given: Source): string {
  const purpose = schema.shape[name] instanceof z.ZodType ? schema.shape[name].description : undefined;
  return `${name} is ${given[name] === undefined ? "missing" : "malformed"} (${purpose ?? "no description"})`;
}
