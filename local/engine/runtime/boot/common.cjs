// Evaluated inside every realm that runs app code, before the app's modules. Gives the realm its console, its
// `process.env` and what else must be its own, and hands back how errors of the engine become errors of the realm.
// `engine` and `cloneOnHost` are the host's side; they stay in closures, so app code cannot name them.
const LEVELS = { debug: "DEBUG", info: "INFO", log: "LOG", trace: "LOG", warn: "WARN", error: "ERROR" };
const SILENT = ["group", "groupCollapsed", "groupEnd", "time", "timeLog", "timeEnd", "count", "countReset"];

module.exports = function prepareRealm(engine, cloneOnHost) {
  define("console", makeConsole(engine));
  define("process", Object.freeze({ env: makeEnvironment(engine) }));
  define("self", globalThis);
  define("structuredClone", makeStructuredClone(cloneOnHost));
  define("WeakRef", StrongRef);
  define("FinalizationRegistry", SilentRegistry);
  acceptForeignValues();
  return { define, setClock, toRealmError };
};

/** Globals are not enumerable, as V8's own. */
function define(name, value) {
  Object.defineProperty(globalThis, name, { value, enumerable: false, configurable: true, writable: true });
}

function makeConsole(engine) {
  const console = {};
  for (const [method, level] of Object.entries(LEVELS)) console[method] = (...args) => engine.log(level, args);
  console.assert = (condition, ...args) => {
    if (!condition) engine.log("ERROR", ["Assertion failed", ...args]);
  };
  for (const method of SILENT) console[method] = () => {};
  return console;
}

/** Asks for each variable when it is read: the value may have changed. */
function makeEnvironment(engine) {
  const variable = (name) => (typeof name === "string" ? engine.environment(name) : undefined);
  const names = () => engine.environmentNames?.() ?? [];
  return new Proxy(
    {},
    {
      get: (_target, name) => variable(name),
      has: (_target, name) => variable(name) !== undefined,
      ownKeys: () => names().filter((name) => variable(name) !== undefined),
      getOwnPropertyDescriptor: (_target, name) => {
        const value = variable(name);
        return value === undefined ? undefined : { value, enumerable: true, configurable: true, writable: true };
      },
      set: () => false,
    },
  );
}

const OWN_TYPES = [
  Object,
  Array,
  Map,
  Set,
  Date,
  RegExp,
  Boolean,
  Number,
  String,
  BigInt,
  Error,
  EvalError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
  URIError,
];

/** The host's copy, made one of this realm. Bytes and what else has one constructor everywhere are that already. */
function makeStructuredClone(cloneOnHost) {
  const prototypes = new Map(OWN_TYPES.map((type) => [type.name, type.prototype]));
  return (value, options) => {
    const copy = cloneOnHost(value, options);
    const parts = new Set([copy]);
    // A set goes on with what is added to it meanwhile, and knows what it had: a copy may contain itself.
    for (const part of parts) {
      if (Object(part) !== part) continue;
      const own = prototypes.get(Object.getPrototypeOf(part).constructor.name);
      if (own === undefined) continue;
      Object.setPrototypeOf(part, own);
      if (part instanceof Map) for (const entry of part) for (const one of entry) parts.add(one);
      if (part instanceof Set) for (const one of part) parts.add(one);
      for (const { value: one } of Object.values(Object.getOwnPropertyDescriptors(part))) parts.add(one);
    }
    return copy;
  };
}

// What the garbage collector does must not show, or a call could end in two ways: what is referred to stays, and
// nobody hears of what went. As in production.
class StrongRef {
  static name = "WeakRef";
  #target;
  constructor(target) {
    if (Object(target) !== target && typeof target !== "symbol") throw new TypeError("target must be an object");
    this.#target = target;
  }
  deref() {
    return this.#target;
  }
}

class SilentRegistry {
  static name = "FinalizationRegistry";
  constructor(callback) {
    if (typeof callback !== "function") throw new TypeError("cleanup must be callable");
  }
  register() {}
  unregister() {
    return false;
  }
}

/** What the host makes (`response.json()`, a failed fetch) is of another realm: `instanceof` takes it too. */
function acceptForeignValues() {
  const ordinary = Function.prototype[Symbol.hasInstance];
  const accept = (constructor, isOne) =>
    Object.defineProperty(constructor, Symbol.hasInstance, {
      // A subclass inherits this method and stays strict.
      value(candidate) {
        return ordinary.call(this, candidate) || (this === constructor && isOne(candidate));
      },
    });
  accept(Array, Array.isArray);
  accept(Error, Error.isError);
  for (const native of [TypeError, SyntaxError, RangeError]) {
    accept(native, (candidate) => Error.isError(candidate) && candidate.name === native.name);
  }
}

/** What V8 has for the present in this realm, `now` (epoch ms) has from here on. */
function setClock(now) {
  define("Date", makeDate(now));
  formatPresentAs(now);
}

/** The realm's `Date` with what `now` says for the present. Nothing leads back to the one that knows the real time. */
function makeDate(now) {
  Object.assign(Date, { now: () => now() });
  const RealmDate = new Proxy(Date, {
    // `Date()` without `new` gives text.
    apply: (RealDate) => new RealDate(now()).toString(),
    construct: (RealDate, args, newTarget) =>
      Reflect.construct(RealDate, args.length === 0 ? [now()] : args, newTarget),
  });
  Date.prototype.constructor = RealmDate;
  return RealmDate;
}

/** What formats dates takes the present when it is given none; the only part of `Intl` that knows it. */
function formatPresentAs(now) {
  const withPresent = (format) =>
    new Proxy(format, { apply: (known, self, [date = now()]) => Reflect.apply(known, self, [date]) });
  redefine(Intl.DateTimeFormat.prototype, "formatToParts", "value", withPresent);
  // `format` gives each formatter a function of its own, the same one each time.
  const formats = new WeakMap();
  const withPresentFor = (known, self) => {
    const format = Reflect.apply(known, self, []);
    if (!formats.has(format)) formats.set(format, withPresent(format));
    return formats.get(format);
  };
  redefine(Intl.DateTimeFormat.prototype, "format", "get", (get) => new Proxy(get, { apply: withPresentFor }));
}

/** Changes one attribute of a property and leaves the others as they are. */
function redefine(object, name, attribute, change) {
  const known = Object.getOwnPropertyDescriptor(object, name);
  Object.defineProperty(object, name, { ...known, [attribute]: change(known[attribute]) });
}

/** An error of the host, made again with this realm's constructors. */
function toRealmError(error) {
  const copy = new Error(String(error?.message ?? error));
  const name = error?.name;
  if (name !== undefined && !["Error", "SyscallError", "DeveloperError"].includes(name)) copy.name = name;
  if (error?.data !== undefined) copy.data = JSON.parse(JSON.stringify(error.data));
  if (error?.cause !== undefined) copy.cause = toRealmError(error.cause);
  return copy;
}
