/** What functions ask about the deployment and about the request that they run for, beside data. */
import type { ActionScope, TransactionalScope } from "../context.ts";
import { DeveloperError } from "../errors.ts";
import type { Json, JsonObject } from "../types.ts";
import { requireField, requireNumber } from "./arguments.ts";

type Scope = Pick<ActionScope, "context" | "job" | "logs" | "request">;

const LONGEST_TOKEN_S = 3600;
const RESERVED_CLAIMS = new Set(["iss", "iat", "exp", "nbf"]);
const RESERVED_PREFIX = /^(convex|cvx)/i;

/** One machine is in no region, and of production's classes it is the smallest. */
export function deploymentMetadata(): string {
  return JSON.stringify({ name: "local", region: null, class: "s16" });
}

export function requestMetadata({ request, job }: Scope): string {
  const { ip, userAgent, requestId, authToken } = request;
  return JSON.stringify({ ip, userAgent, requestId, scheduledFunctionId: job?.id ?? null, authToken });
}

/** Production keeps audit logs for good; here they are lines of the function's log. */
export function auditLog(scope: Scope, args: JsonObject): string {
  scope.logs.add("INFO", ["audit", JSON.stringify(resolveVariables(requireField(args, "body"), scope))]);
  return "null";
}

/** A JWT that this deployment vouches for, in the name of the calling component. */
export function signJwt({ context, target, tx, now }: TransactionalScope, args: JsonObject): string {
  const expiresInSeconds = requireNumber(args, "expiresInSeconds");
  if (!(expiresInSeconds >= 1 && expiresInSeconds <= LONGEST_TOKEN_S)) {
    throw new DeveloperError(`\`expiresInSeconds\` must be between 1 and ${LONGEST_TOKEN_S}, not ${expiresInSeconds}.`);
  }
  const issuer = target.component.path === "" ? "" : `/components/${target.component.path}`;
  const iat = Math.floor(now / 1000);
  const claims = {
    ...parseClaims(args["claims"]),
    iss: context.cloudUrl() + issuer,
    iat,
    exp: iat + Math.floor(expiresInSeconds),
  };
  return JSON.stringify(context.deploymentKey.sign(tx, claims));
}

function parseClaims(claims: Json = {}): JsonObject {
  if (claims === null || typeof claims !== "object" || Array.isArray(claims)) {
    throw new DeveloperError("`claims` must be an object.");
  }
  const reserved = Object.keys(claims).find((name) => RESERVED_CLAIMS.has(name) || RESERVED_PREFIX.test(name));
  if (reserved !== undefined) throw new DeveloperError(`The claim \`${reserved}\` is reserved and cannot be set.`);
  return claims;
}

/** Puts values in the place of `log.vars`, which arrive as `{"$var": name}`. */
function resolveVariables(value: Json, scope: Scope): Json {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map((element) => resolveVariables(element, scope));
  if (typeof value["$var"] === "string") return variable(value["$var"], scope);
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, resolveVariables(field, scope)]));
}

function variable(name: string, { context, request }: Scope): Json {
  switch (name) {
    case "requestId":
      return request.requestId;
    case "ip":
      return request.ip;
    case "userAgent":
      return request.userAgent;
    case "now":
      return context.clock.now();
    case "convexActor":
      // Nobody signs in to a local deployment's dashboard: its admin key has no person behind it.
      return null;
    default:
      throw new DeveloperError(`Unknown variable "${name}" in an audit log.`);
  }
}
