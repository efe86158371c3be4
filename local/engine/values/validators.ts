import type { Json, JsonObject } from "../types.ts";

export class ValidationError extends Error {
  override readonly name = "ValidationError";
}

export declare function validate(validator: JsonObject, value: Json, tableNameOf: (id: string) => string | null): void;
export declare function describe(validator: JsonObject): string;
