import { resolve } from "node:path";

/** Variables by name, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

export type Mode = "dev" | "demo";

/** What a person may choose about a local world; every value has a default. */
export type WorldOptions = {
  mode: Mode;
  /** Where its state lies: databases, keys, ready.json. */
  directory: string;
  /** Begin afresh: the state is deleted first. */
  reset: boolean;
  /** 0 picks a free port. */
  ports: { app: number; convex: number; convexSite: number; emulators: number };
  /** Show clients no error messages, as a production deployment does. */
  redactErrors: boolean;
};

/** Reads the command line and the environment; throws a message that a person can act on. */
export function parseOptions(args: readonly string[], environment: Environment): WorldOptions {
  const [mode, ...flags] = args;
  if (mode !== "dev" && mode !== "demo") throw new Error("Say what to start: `npm run dev` or `npm run demo`.");
  const unknown = flags.find((flag) => flag !== "--reset");
  if (unknown !== undefined) throw new Error(`Unknown option ${unknown}. There is one: --reset.`);
  return {
    mode,
    directory: resolve(environment.QIFY_LOCAL_DIR || ".local"),
    reset: flags.includes("--reset"),
    ports: {
      app: readPort(environment, "PORT", 3000),
      convex: readPort(environment, "CONVEX_PORT", 3210),
      convexSite: readPort(environment, "CONVEX_SITE_PORT", 3211),
      emulators: readPort(environment, "EMULATORS_PORT", 3220),
    },
    redactErrors: mode === "demo",
  };
}

function readPort(environment: Environment, name: string, fallback: number): number {
  const text = environment[name];
  if (text === undefined || text === "") return fallback;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`${name} is "${text}", which is not a port. Use a number from 0 (any free port) to 65535.`);
  }
  return port;
}
