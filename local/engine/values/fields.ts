import type { Json } from "../types.ts";
import type { Value } from "./encoding.ts";

export declare function fieldAt(document: Json, path: string): Value;
