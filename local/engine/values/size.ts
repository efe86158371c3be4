import type { Json } from "../types.ts";

export declare function sizeOf(value: Json): number;
