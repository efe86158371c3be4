import { z } from "zod";
import type { Call, Router } from "../../kit/router.ts";
import { ClerkError } from "../errors.ts";
import type { TokenSource } from "../tokens.ts";

export type BapiOptions = TokenSource & { router: Router; secretKey: string };

/** Registers Backend API routes; patterns start behind `/bapi/v1`. */
export type BapiRoute = (method: string, pattern: string, run: (call: Call) => Response | Promise<Response>) => void;

/** How every Backend API route is wrapped: the secret key comes first. */
export function bapiRoute({ router, secretKey }: BapiOptions): BapiRoute {
  return (method, pattern, run) =>
    router.on(method, `/bapi/v1${pattern}`, (call) => {
      requireSecretKey(call.headers.get("authorization"), secretKey);
      return run(call);
    });
}

function requireSecretKey(authorization: string | null, secretKey: string): void {
  const [scheme, key] = (authorization ?? "").split(" ");
  if (scheme !== "Bearer" || !key) {
    const message = "Invalid Authorization header format. Must be Bearer <secret key>";
    throw new ClerkError({ status: 401, code: "authorization_header_format_invalid", message });
  }
  if (key === secretKey) return;
  const message = "The provided Clerk Secret Key is invalid. Make sure that your Clerk Secret Key is correct.";
  throw new ClerkError({ status: 401, code: "clerk_key_invalid", message });
}

/** The JSON body as `schema` describes it. Throws Clerk's 422 naming the first field that is wrong. */
export function readBody<Schema extends z.ZodType>(call: Call, schema: Schema): z.infer<Schema> {
  const parsed = schema.safeParse(call.json() ?? {});
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue?.path.join(".") ?? "";
  throw new ClerkError({
    status: 422,
    code: "form_param_invalid",
    message: "is invalid",
    longMessage: `${field}: ${issue?.message ?? "is invalid"}`,
    meta: { param_name: field },
  });
}

export const metadataSchema = z.record(z.string(), z.unknown());
type Metadata = z.infer<typeof metadataSchema>;
export const metadataBodySchema = z.object({
  public_metadata: metadataSchema.optional(),
  private_metadata: metadataSchema.optional(),
  unsafe_metadata: metadataSchema.optional(),
});

/** Clerk's deep merge of metadata: a key set to null disappears. */
export function mergeMetadata(present: Metadata, changes: Metadata | undefined): Metadata {
  const merged: Metadata = { ...present };
  for (const [key, value] of Object.entries(changes ?? {})) {
    const inner = metadataSchema.safeParse(value);
    const innerPresent = metadataSchema.safeParse(merged[key]);
    if (value === null) delete merged[key];
    else if (inner.success && innerPresent.success) merged[key] = mergeMetadata(innerPresent.data, inner.data);
    else merged[key] = value;
  }
  return merged;
}
