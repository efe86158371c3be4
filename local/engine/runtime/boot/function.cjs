// Evaluated inside a realm for queries and mutations, after common.cjs. Time and chance come from the execution,
// what would wait or reach out is refused, and every syscall answers before it returns.
module.exports = function prepareFunctionRealm(engine, { define, toRealmError }, evaluateModules) {
  const refusal = (what) =>
    new Error(
      `Can't use ${what} in queries and mutations. Please consider using an action. See https://docs.convex.dev/functions/actions for more details.`,
    );
  define("fetch", async () => {
    throw refusal("fetch()");
  });
  for (const name of ["setTimeout", "setInterval", "setImmediate"]) {
    define(name, () => {
      throw refusal(name);
    });
  }
  for (const name of ["clearTimeout", "clearInterval", "clearImmediate"]) define(name, () => {});
  define("queueMicrotask", (callback) => void Promise.resolve().then(callback));

  const answer = (ask) => {
    try {
      return ask();
    } catch (error) {
      throw toRealmError(error);
    }
  };
  define("Convex", {
    syscall: (operation, argsJson) => answer(() => engine.syscall(operation, argsJson)),
    asyncSyscall: async (operation, argsJson) => answer(() => engine.asyncSyscall(operation, argsJson)),
    jsSyscall: (operation) => {
      throw new Error(`Unknown JS syscall: ${operation}`);
    },
  });

  const RealDate = Date;
  class ExecutionDate extends RealDate {
    constructor(...args) {
      if (args.length === 0) super(engine.now());
      else super(...args);
    }
    static now() {
      return engine.now();
    }
  }
  Object.defineProperty(ExecutionDate, "name", { value: "Date" });
  // `Date()` without `new` gives text.
  const DateProxy = new Proxy(ExecutionDate, { apply: () => new ExecutionDate().toString() });
  Object.defineProperty(RealDate.prototype, "constructor", { value: DateProxy });
  define("Date", DateProxy);
  define("performance", Object.freeze({ now: () => 0, timeOrigin: 0 }));
  Math.random = () => engine.random();

  const subtle = {};
  for (const name of engine.subtleOperations) {
    subtle[name] = async (...args) => answer(() => engine.subtle(name, args));
  }
  for (const name of ["generateKey", "deriveKey", "wrapKey", "unwrapKey"]) {
    subtle[name] = async () => {
      throw refusal(`crypto.subtle.${name}()`);
    };
  }
  define("crypto", {
    subtle,
    randomUUID: () => engine.randomUuid(),
    getRandomValues: (array) => answer(() => engine.fillRandom(array)),
  });

  const modules = evaluateModules();
  const report = (error) => {
    const isError = Error.isError(error);
    engine.fail({
      name: isError ? String(error.name) : undefined,
      message: isError ? String(error.message) : String(error),
      stack: isError ? String(error.stack) : undefined,
      data: error?.ConvexErrorSymbol === undefined ? undefined : error.data,
    });
  };
  // Called by the host with the realm's microtasks running dry before it returns: no answer then means no answer ever.
  const call = () => {
    const { module, name, kind, argsJson } = engine.call();
    try {
      const registered = modules[module][name];
      const result = kind === "query" ? registered.invokeQuery(argsJson) : registered.invokeMutation(argsJson);
      result.then((value) => engine.succeed(value), report);
    } catch (error) {
      report(error);
    }
  };
  Object.defineProperty(globalThis, Symbol.for("engine.call"), { value: call });
  return modules;
};
