/**
 * Reading what app code made: its types are not ours to assume. `typeof` tells functions and objects of every realm
 * apart, where `instanceof` knows one realm only.
 */

/** A property of an object or function; undefined for anything else. */
export function property(target: unknown, key: PropertyKey): unknown {
  const readable = (typeof target === "object" && target !== null) || typeof target === "function";
  return readable ? Reflect.get(target, key) : undefined;
}

/** Calls a method; throws a `TypeError` when there is none, and whatever the method throws. */
export function callMethod(target: unknown, key: PropertyKey, ...args: readonly unknown[]): unknown {
  const method = property(target, key);
  if (typeof method !== "function") throw new TypeError(`${String(key)} is not a function`);
  return Reflect.apply(method, target, args);
}
