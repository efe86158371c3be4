import { z } from "zod";
import { badField } from "../errors.ts";

const metadataSchema = z.record(z.string(), z.unknown());
export type FapiMetadata = z.infer<typeof metadataSchema>;

/** Metadata travels as JSON text in a form field. Throws Clerk's 422 when it is no object. */
export function parseMetadata(text: string, field: string): FapiMetadata {
  const parsed = metadataSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw badField({ field, code: "form_param_type_invalid", message: `\`${field}\` must be an \`object\`.` });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
