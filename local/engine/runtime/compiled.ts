/** A bundle ready to evaluate: CommonJS text whose exports are the app's modules, under their paths. */
export type Compiled = {
  /** What stack frames call this bundle; unique in the process. */
  filename: string;
  code: string;
  /** Source map version 3, as JSON text. */
  sourceMap: string;
};

/** Text of an expression: a function of `parameters` that evaluates the bundle. Its line numbers are those of `code`. */
export function asFunction(compiled: Compiled, parameters: string): string {
  return `(function (${parameters}) {${compiled.code}\n})`;
}
