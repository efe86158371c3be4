import { join } from "node:path";
import { systemClock, type Clock } from "../kit/clock.ts";
import { createEmulator, type Emulator } from "../kit/emulator.ts";
import { FaultPlan } from "../kit/faults.ts";
import { JsonFile } from "../kit/json-file.ts";
import { Router } from "../kit/router.ts";
import { addChatRoutes } from "./chat-routes.ts";
import { EvolutionError, renderEvolutionError } from "./errors.ts";
import { GuardedRoutes } from "./guards.ts";
import { addInstanceRoutes } from "./instance-routes.ts";
import { addMessageRoutes } from "./message-routes.ts";
import { PhonePairing } from "./pairing.ts";
import { addPhoneRoutes } from "./phone-routes.ts";
import { Traffic } from "./traffic.ts";
import { EventHook } from "./webhooks.ts";
import { World } from "./world.ts";

export type EvolutionEmulatorOptions = {
  /** Where it is served, its mount path included: `http://127.0.0.1:3220/evolution`. */
  url: string;
  /** Folder of its state; made when it is not there. */
  directory: string;
  /** The server's own key (`AUTHENTICATION_API_KEY`). */
  apiKey: string;
  clock?: Clock;
  /** Numbers in [0, 1), for the jitter of retries. */
  random?: () => number;
};

export type EvolutionEmulator = Emulator & {
  world: World;
  pairing: PhonePairing;
  traffic: Traffic;
  /** Webhooks sent so far, oldest first. */
  deliveries: EventHook["list"];
  /** Resolves when no webhook is on its way. */
  settled(): Promise<void>;
  /** Writes the state and takes back all retries, which the next start resumes. */
  close(): Promise<void>;
};

/** Evolution API v2 with WhatsApp behind it: instances, pairing, sending, webhooks, and the phones of the people (`/_phone/`). */
export function createEvolutionEmulator(options: EvolutionEmulatorOptions): EvolutionEmulator {
  const { url, directory, apiKey, clock = systemClock, random = Math.random } = options;
  const world = new World({ clock, file: new JsonFile(join(directory, "state.json")) });
  const faults = new FaultPlan();
  const hook = new EventHook({ world, serverUrl: url, faults, random });
  const pairing = new PhonePairing(world, hook);
  const traffic = new Traffic(world, hook);
  const router = new Router();
  const guarded = new GuardedRoutes({ router, world, apiKey });
  router.on("GET", "/", () => Response.json(welcome(url)));
  addInstanceRoutes({ router, guarded, world, pairing, hook });
  addMessageRoutes({ guarded, world, traffic });
  addChatRoutes({ guarded, world, traffic });
  addPhoneRoutes({ router, world, traffic, pairing });
  const emulator = createEmulator({
    router,
    clock,
    faults,
    inspect: () => inspect(world),
    reset() {
      hook.clear();
      world.clear();
    },
    renderFault: (status) => renderEvolutionError(new EvolutionError(status, ["injected fault"])),
    renderUnknownRoute: ({ method, path }) =>
      renderEvolutionError(new EvolutionError(404, [`Cannot ${method} ${path}`])),
    renderError,
  });
  return {
    ...emulator,
    world,
    pairing,
    traffic,
    deliveries: () => hook.list(),
    settled: () => hook.settled(),
    async close() {
      await hook.close();
      world.flush();
    },
  };
}

function inspect({ state }: World) {
  const { instances, people, groups, messages, deliveries } = state;
  return { instances, people, groups, messages, deliveries };
}

function welcome(url: string) {
  const message = "Welcome to the Evolution API, it is working!";
  return { status: 200, message, version: "2.3.7", clientName: "qify_local", manager: `${url}/manager` };
}

function renderError(error: unknown): Response {
  if (error instanceof EvolutionError) return renderEvolutionError(error);
  throw error;
}
