import { z } from "zod";
import type { Clock } from "./clock.ts";
import type { FaultPlan } from "./faults.ts";
import type { IncomingCall, Route, Router } from "./router.ts";

/** Something that can be mounted on the emulators' server. */
export interface Emulator {
  /** Answers one request, or throws `ConnectionHeld` / `ConnectionCut` when there shall be no answer. */
  respond(incoming: IncomingCall): Promise<Response>;
  routes(): Route[];
}

/** There will be no answer: the socket stays open until the client gives up. */
export class ConnectionHeld extends Error {}
/** There will be no answer: the socket is closed at once. */
export class ConnectionCut extends Error {}

export type SeenRequest = { at: number; method: string; path: string; status: number };

export type EmulatorOptions = {
  router: Router;
  clock: Clock;
  faults: FaultPlan;
  /** The emulator's own part of `GET /_inspect`. */
  inspect: () => Record<string, unknown>;
  /** Brings the emulator back to its first state (`POST /_reset`). */
  reset: () => void | Promise<void>;
  /** The provider's way of writing an error that `/_fail` asked for. */
  renderFault: (status: number) => Response;
  /** The provider's way of saying that a route does not exist. */
  renderUnknownRoute: (incoming: IncomingCall) => Response;
  /** Turns an error that a route threw into an answer. Rethrow what is not the provider's: it is a mistake, shown as a crash. */
  renderError: (error: unknown) => Response;
};

const SEEN_LIMIT = 500;

/**
 * Wraps a provider's routes with what every emulator has: `GET /_inspect`, `POST|DELETE /_fail`, `POST /_reset`, fault injection and a
 * record of what was asked, of routes that do not exist and of crashes of its own. The control routes are never subject to faults and are not recorded.
 */
export function createEmulator(options: EmulatorOptions): Emulator {
  const seen: SeenRequest[] = [];
  const unknownRoutes: SeenRequest[] = [];
  const crashes: string[] = [];

  function remember(log: SeenRequest[], entry: SeenRequest) {
    log.push(entry);
    if (log.length > SEEN_LIMIT) log.shift();
  }

  function inspect() {
    const faults = options.faults.list();
    return Response.json({ requests: seen, unknownRoutes, crashes, faults, ...options.inspect() });
  }

  async function reset() {
    seen.length = 0;
    unknownRoutes.length = 0;
    crashes.length = 0;
    options.faults.clear();
    await options.reset();
    return Response.json({ reset: true });
  }

  return {
    routes: () => options.router.list(),
    async respond(incoming) {
      const control = `${incoming.method} ${incoming.path}`;
      if (control === "GET /_inspect") return inspect();
      if (control === "POST /_reset") return reset();
      if (incoming.path === "/_fail") return changeFaults(options.faults, incoming);
      const { response, known } = await answer({ options, incoming, crashes });
      const entry = { at: options.clock.now(), method: incoming.method, path: incoming.path, status: response.status };
      remember(seen, entry);
      if (!known) remember(unknownRoutes, entry);
      return response;
    },
  };
}

function changeFaults(faults: FaultPlan, incoming: IncomingCall): Response {
  if (incoming.method === "DELETE") {
    faults.clear();
    return Response.json({ faults: [] });
  }
  try {
    faults.add(incoming.json());
    return Response.json({ faults: faults.list() });
  } catch (error) {
    if (error instanceof z.ZodError) return Response.json({ error: z.prettifyError(error) }, { status: 400 });
    throw error;
  }
}

type Turn = { options: EmulatorOptions; incoming: IncomingCall; crashes: string[] };

async function answer({ options, incoming, crashes }: Turn) {
  const fault = options.faults.takeForRequest(incoming);
  if (fault?.kind === "timeout") throw new ConnectionHeld();
  if (fault?.kind === "status") {
    const response = options.renderFault(fault.status);
    if (fault.retryAfterSeconds !== undefined) response.headers.set("retry-after", String(fault.retryAfterSeconds));
    return { response, known: true };
  }
  const result = await runRoute({ options, incoming, crashes });
  if (fault?.kind === "drop") throw new ConnectionCut();
  return result;
}

async function runRoute({ options, incoming, crashes }: Turn) {
  try {
    const response = await options.router.dispatch(incoming);
    if (response) return { response, known: true };
    return { response: options.renderUnknownRoute(incoming), known: false };
  } catch (error) {
    return { response: renderThrown({ options, incoming, crashes }, error), known: true };
  }
}

function renderThrown({ options, incoming, crashes }: Turn, thrown: unknown): Response {
  try {
    return options.renderError(thrown);
  } catch (error) {
    const stack = error instanceof Error ? error.stack : String(error);
    crashes.push(`${incoming.method} ${incoming.path}: ${stack}`);
    return options.renderFault(500);
  }
}
