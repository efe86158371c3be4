import { Script } from "node:vm";
import { DeveloperError } from "../errors.ts";
import { asFunction, type Compiled } from "../runtime/compiled.ts";
import { describeFailure, readThrown, toFailure } from "../runtime/failure.ts";
import { createRealm, evaluate } from "../runtime/realm.ts";
import { StackTrace } from "../runtime/stack-trace.ts";

/**
 * Evaluates a config file's bundle in a realm that is thrown away, and gives its exports. `environment` answers
 * `process.env`; a `DeveloperError` that it throws arrives as it is.
 */
export function evaluateConfig(compiled: Compiled, environment: (name: string) => string | undefined): unknown {
  try {
    const { context } = createRealm({ environment, log: () => {} }, "shared");
    const bundle = { exports: {} };
    const script = new Script(asFunction(compiled, "exports, module"), { filename: compiled.filename });
    evaluate(script, context, [bundle.exports, bundle]);
    return bundle.exports;
  } catch (error) {
    if (error instanceof DeveloperError) throw error;
    const stackTrace = new StackTrace(compiled);
    throw new DeveloperError(describeFailure(toFailure(readThrown(error), (stack) => stackTrace.map(stack))));
  }
}
