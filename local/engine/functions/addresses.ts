import { DeveloperError } from "../errors.ts";
import type { App, Component, ComponentPath, FunctionPath, JsonObject } from "../types.ts";

/** A function of one component, by name; whether it exists is asked later. */
export type Target = { component: Component; path: FunctionPath };

const HANDLE_PREFIX = "function://";

/** `messages.js:list`, `messages:list` and `messages` (its default export) in the one form that the engine keys by. */
export function parseFunctionPath(text: string): FunctionPath {
  const colon = text.lastIndexOf(":");
  const file = colon === -1 ? text : text.slice(0, colon);
  return `${file.replace(/\.js$/, "")}:${colon === -1 ? "default" : text.slice(colon + 1)}`;
}

/** The form in which Convex stores and shows a path: `messages.js:list`. */
export function storedPath(path: FunctionPath): string {
  return path.replace(":", ".js:");
}

/** The form in which messages to developers show a path: a default export by its module alone. */
export function shownPath(path: FunctionPath): string {
  return path.replace(/:default$/, "");
}

/** How the terminal names a function: one of a component with the component before it. */
export function fullName(component: ComponentPath, path: FunctionPath): string {
  return component === "" ? shownPath(path) : `${component}/${shownPath(path)}`;
}

/** In production's words. */
export function missingFunction({ component, path }: Target, publicOnly: boolean): string {
  const what = publicOnly ? "public function" : "function";
  const where = component.path === "" ? "" : ` in component '${component.path}'`;
  return `Could not find ${what} for '${shownPath(path)}'${where}. Did you forget to run \`npx convex dev\` or \`npx convex deploy\`?`;
}

/**
 * The target of a syscall that carries a function address: exactly one of `name` (relative to the caller's component),
 * `reference` (a child's function) or `functionHandle`.
 */
export function resolveAddress(app: App, from: Component, address: JsonObject): Target {
  if (typeof address.functionHandle === "string") return resolveHandle(app, address.functionHandle);
  if (typeof address.name === "string") return { component: from, path: parseFunctionPath(address.name) };
  if (typeof address.reference === "string") return resolveReference(app, from, address.reference);
  throw new DeveloperError("Expected a function name, a reference or a function handle.");
}

/** A handle names the component and the function, so it stays good when the app is loaded again. */
export function createHandle(target: Target): string {
  return `${HANDLE_PREFIX}${target.component.path};${target.path}`;
}

export function requireComponent(app: App, path: string): Component {
  const component = app.components.get(path);
  if (component === undefined) throw new DeveloperError(`Component ${path === "" ? "(app)" : path} is not installed.`);
  return component;
}

function resolveHandle(app: App, handle: string): Target {
  const separator = handle.indexOf(";");
  if (!handle.startsWith(HANDLE_PREFIX) || separator < 0) {
    throw new DeveloperError(`"${handle}" is not a function handle.`);
  }
  const component = requireComponent(app, handle.slice(HANDLE_PREFIX.length, separator));
  return { component, path: handle.slice(separator + 1) };
}

/**
 * `_reference/childComponent/<child>/…/<module>/<export>`: leading parts may go down through nested children. A child's
 * internal functions are its own.
 */
function resolveReference(app: App, from: Component, reference: string): Target {
  const [root, kind, ...parts] = reference.split("/");
  if (root !== "_reference" || kind !== "childComponent") {
    throw new DeveloperError(`Unsupported function reference "${reference}".`);
  }
  let component = from;
  let depth = 0;
  for (; depth < parts.length - 1; depth++) {
    const child = component.children.get(parts[depth] ?? "");
    if (child === undefined || (depth > 0 && component.functions.has(pathOf(parts.slice(depth))))) break;
    component = requireComponent(app, child);
  }
  if (depth === 0) throw new DeveloperError(`No component is installed as "${parts[0] ?? ""}".`);
  const target = { component, path: pathOf(parts.slice(depth)) };
  if (component.functions.get(target.path)?.visibility === "internal") {
    throw new DeveloperError(missingFunction(target, true));
  }
  return target;
}

function pathOf(parts: readonly string[]): FunctionPath {
  return `${parts.slice(0, -1).join("/")}:${parts.at(-1) ?? "default"}`;
}
