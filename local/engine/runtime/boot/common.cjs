// Evaluated inside every realm that runs app code, before the app's modules. Gives the realm its console and its
// `process.env`, and hands back how errors of the engine become errors of the realm.
// `engine` is the host's side; it stays in this closure, so app code cannot name it.
module.exports = function prepareRealm(engine) {
  const hidden = { enumerable: false, configurable: true, writable: true };
  const define = (name, value) => Object.defineProperty(globalThis, name, { ...hidden, value });

  const levels = {
    debug: "DEBUG",
    info: "INFO",
    log: "LOG",
    trace: "LOG",
    warn: "WARN",
    error: "ERROR",
  };
  const console = {};
  for (const [method, level] of Object.entries(levels)) console[method] = (...args) => engine.log(level, args);
  console.assert = (condition, ...args) => {
    if (!condition) engine.log("ERROR", ["Assertion failed", ...args]);
  };
  for (const method of ["group", "groupCollapsed", "groupEnd", "time", "timeLog", "timeEnd", "count", "countReset"]) {
    console[method] = () => {};
  }
  define("console", console);

  const variable = (name) => (typeof name === "string" ? engine.environment(name) : undefined);
  const env = new Proxy(
    {},
    {
      get: (_target, name) => variable(name),
      has: (_target, name) => variable(name) !== undefined,
      getOwnPropertyDescriptor: (_target, name) => {
        const value = variable(name);
        return value === undefined ? undefined : { value, enumerable: true, configurable: true, writable: true };
      },
      set: () => false,
    },
  );
  define("process", Object.freeze({ env }));
  define("self", globalThis);

  // Values made by the host (`response.json()`, a failed fetch) come from another realm: `instanceof` takes them too.
  const ordinary = Function.prototype[Symbol.hasInstance];
  const lenient = (constructor, test) =>
    Object.defineProperty(constructor, Symbol.hasInstance, {
      value(candidate) {
        return ordinary.call(this, candidate) || (this === constructor && test(candidate));
      },
    });
  lenient(Array, Array.isArray);
  lenient(Error, Error.isError);
  for (const native of [TypeError, SyntaxError, RangeError]) {
    lenient(native, (candidate) => Error.isError(candidate) && candidate.name === native.name);
  }

  /** An error of the host, made again with this realm's constructors. */
  const toRealmError = (error) => {
    const copy = new Error(String(error?.message ?? error));
    if (error?.name !== undefined && error.name !== "Error" && error.name !== "SyscallError") copy.name = error.name;
    if (error?.data !== undefined) copy.data = JSON.parse(JSON.stringify(error.data));
    if (error?.cause !== undefined) copy.cause = toRealmError(error.cause);
    return copy;
  };
  return { define, toRealmError };
};
