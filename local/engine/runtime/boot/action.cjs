// Evaluated inside a realm for actions of the default runtime, after common.cjs: the web's own globals, and syscalls
// that find their request by the asynchronous context they are made in.
module.exports = function prepareActionRealm(engine, { define, setClock, toRealmError }, evaluateModules) {
  const answer = async (ask) => {
    try {
      return await ask();
    } catch (error) {
      throw toRealmError(error);
    }
  };
  define("Convex", {
    syscall: (operation, argsJson) => {
      try {
        return engine.syscall(operation, argsJson);
      } catch (error) {
        throw toRealmError(error);
      }
    },
    asyncSyscall: (operation, argsJson) => answer(() => engine.asyncSyscall(operation, argsJson)),
    jsSyscall: (operation, args) => answer(() => engine.jsSyscall(operation, args)),
  });
  setClock(engine.now);
  define("fetch", (...args) => answer(() => engine.fetch(...args)));
  for (const name of ["setTimeout", "setInterval", "clearTimeout", "clearInterval"]) {
    define(name, (...args) => engine[name](...args));
  }
  return evaluateModules();
};
