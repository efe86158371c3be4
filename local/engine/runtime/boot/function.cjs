// Evaluated inside a realm for queries and mutations, after common.cjs. Time and chance come from the execution,
// what would wait or reach out is refused, and every syscall answers before it returns.
module.exports = function prepareFunctionRealm(engine, { define, setClock, toRealmError }, evaluateModules) {
  const answer = (ask) => {
    try {
      return ask();
    } catch (error) {
      throw toRealmError(error);
    }
  };
  refuseWaiting(define);
  define("Convex", {
    syscall: (operation, argsJson) => answer(() => engine.syscall(operation, argsJson)),
    asyncSyscall: async (operation, argsJson) => answer(() => engine.asyncSyscall(operation, argsJson)),
    // What carries bytes is for actions alone.
    jsSyscall: async (operation) => {
      throw new Error(`${operation} is not supported by the local engine yet`);
    },
  });
  setClock(engine.now);
  define("performance", Object.freeze({ now: () => 0, timeOrigin: 0 }));
  Math.random = () => engine.random();
  define("crypto", makeCrypto(engine, answer));
  const { Blob, File } = makeBlobs(globalThis.Blob);
  define("Blob", Blob);
  define("File", File);

  const modules = evaluateModules();
  Object.defineProperty(globalThis, Symbol.for("engine.call"), { value: () => runCall(engine, modules) });
  return modules;
};

function refusal(what) {
  return new Error(
    `Can't use ${what} in queries and mutations. Please consider using an action. See https://docs.convex.dev/functions/actions for more details.`,
  );
}

function refuseWaiting(define) {
  define("fetch", async () => {
    throw refusal("fetch()");
  });
  for (const name of ["setTimeout", "setInterval"]) {
    define(name, () => {
      throw refusal(name);
    });
  }
  for (const name of ["clearTimeout", "clearInterval"]) define(name, () => {});
  define("queueMicrotask", (callback) => void Promise.resolve().then(callback));
}

function makeCrypto(engine, answer) {
  const subtle = {};
  for (const name of engine.subtleOperations) {
    subtle[name] = async (...args) => answer(() => engine.subtle(name, args));
  }
  for (const name of ["generateKey", "deriveKey", "wrapKey", "unwrapKey"]) {
    subtle[name] = async () => {
      throw refusal(`crypto.subtle.${name}()`);
    };
  }
  return {
    subtle,
    randomUUID: () => engine.randomUuid(),
    getRandomValues: (array) => answer(() => engine.fillRandom(array)),
  };
}

/** Blobs that keep their bytes on this side: the host's own would be read by waiting for the host. */
function makeBlobs(HostBlob) {
  const contents = new WeakMap();
  const toBytes = (part) => {
    if (contents.has(part)) return contents.get(part);
    if (part instanceof ArrayBuffer) return new Uint8Array(part);
    if (ArrayBuffer.isView(part)) return new Uint8Array(part.buffer, part.byteOffset, part.byteLength);
    return new TextEncoder().encode(String(part));
  };
  class Blob extends HostBlob {
    constructor(parts = [], options = {}) {
      const own = Array.from(parts, toBytes);
      const bytes = new Uint8Array(own.reduce((size, part) => size + part.length, 0));
      own.reduce((offset, part) => (bytes.set(part, offset), offset + part.length), 0);
      super([bytes], options);
      contents.set(this, bytes);
    }
    async arrayBuffer() {
      return contents.get(this).slice().buffer;
    }
    async bytes() {
      return contents.get(this).slice();
    }
    async text() {
      return new TextDecoder().decode(contents.get(this));
    }
    slice(start, end, type = "") {
      return new Blob([contents.get(this).slice(start, end)], { type });
    }
  }
  class File extends Blob {
    #name;
    #lastModified;
    constructor(parts, name, options = {}) {
      super(parts, options);
      this.#name = String(name);
      this.#lastModified = options.lastModified ?? Date.now();
    }
    get name() {
      return this.#name;
    }
    get lastModified() {
      return this.#lastModified;
    }
  }
  return { Blob, File };
}

/** The host calls this and lets the realm's microtasks run dry: no answer by then means no answer ever. */
function runCall(engine, modules) {
  const report = (error) => engine.fail(describe(error));
  const { module: path, name, kind, argsJson } = engine.call();
  try {
    const registered = modules[path][name];
    const result = kind === "query" ? registered.invokeQuery(argsJson) : registered.invokeMutation(argsJson);
    result.then((value) => engine.succeed(value), report);
  } catch (error) {
    report(error);
  }
}

/** Text only: nothing of the realm outlives the call. */
function describe(error) {
  if (!Error.isError(error)) return { message: textOf(error) };
  return {
    name: String(error.name),
    message: String(error.message),
    stack: String(error.stack),
    data: error.ConvexErrorSymbol === undefined ? undefined : error.data,
  };
}

/** Of anything that can be thrown; there is not for everything JSON. */
function textOf(value) {
  if (typeof value === "string") return value;
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return typeof value === "object" ? Object.prototype.toString.call(value) : String(value);
  }
}
