import type { Json } from "../types.ts";

/** Stands for a field that a document does not have; JSON has no word for it. */
export const UNDEFINED = Symbol("undefined");

export type Value = Json | typeof UNDEFINED;

export declare function encodeKey(values: readonly Value[]): Buffer;
export declare function prefixEnd(key: Buffer): Buffer;
export declare function compareValues(a: Value, b: Value): number;
