import type { Json, JsonObject } from "../types.ts";

const NUMBER_BYTES = 9;
/** The type's mark and the terminator of everything that has parts. */
const FRAME_BYTES = 2;

/** Bytes of a value as Convex counts them for limits: not those of its JSON text. */
export function sizeOf(value: Json): number {
  if (value === null || typeof value === "boolean") return 1;
  if (typeof value === "number") return NUMBER_BYTES;
  if (typeof value === "string") return FRAME_BYTES + Buffer.byteLength(value);
  if (!Array.isArray(value)) return sizeOfObject(value);
  let size = FRAME_BYTES;
  for (const element of value) size += sizeOf(element);
  return size;
}

function sizeOfObject(object: JsonObject): number {
  let size = FRAME_BYTES;
  for (const [name, value] of Object.entries(object)) {
    if (name.startsWith("$")) return sizeOfWrapped(name, value);
    size += Buffer.byteLength(name) + 1 + sizeOf(value);
  }
  return size;
}

function sizeOfWrapped(kind: string, value: Json): number {
  if (kind === "$undefined") return 0;
  return kind === "$bytes" && typeof value === "string"
    ? FRAME_BYTES + Buffer.byteLength(value, "base64")
    : NUMBER_BYTES;
}
