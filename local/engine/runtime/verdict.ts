import type { ComponentPath, FunctionKind } from "../types.ts";
import type { Failure } from "./failure.ts";

/** Whose end it is: `name` is the function's path, or method and path of an HTTP request. */
export type Ended = { kind: FunctionKind | "HTTP action"; name: string; component: ComponentPath; tookMs: number };

/**
 * What the engine itself says of a call that never ended, or took too long. There is no error and so no frame that would
 * tell where: the line below production's words says which function it was.
 */
export function verdict(words: string, { kind, name, component, tookMs }: Ended): Failure {
  const where = component === "" ? "" : ` of component ${component}`;
  return { ok: false, message: `${words}\n    in ${kind} ${name}${where}, after ${Math.round(tookMs)} ms` };
}
