import type { z } from "zod";
import type { Call, Router } from "../kit/router.ts";
import { badRequest, EvolutionError } from "./errors.ts";
import type { InstanceRow } from "./state.ts";
import type { World } from "./world.ts";

type InstanceRoute = (call: Call, instance: InstanceRow) => Response | Promise<Response>;

/** Registers routes behind the real server's guards, in its order: the instance exists, then the key is right. */
export class GuardedRoutes {
  readonly #router: Router;
  readonly #world: World;
  readonly #apiKey: string;

  constructor({ router, world, apiKey }: { router: Router; world: World; apiKey: string }) {
    this.#router = router;
    this.#world = world;
    this.#apiKey = apiKey;
  }

  /** `pattern` gets `/:instanceName`. The server's own key and the instance's token are both good. */
  onInstance(method: string, pattern: string, run: InstanceRoute): void {
    this.#router.on(method, `${pattern}/:instanceName`, (call) => {
      const instance = this.#world.requireInstance(call.param("instanceName"));
      const key = call.headers.get("apikey");
      if (key !== this.#apiKey && key !== instance.token) throw unauthorized();
      return run(call, instance);
    });
  }

  /** Throws 401 unless the call carries the server's own key. */
  requireServerKey(call: Call): void {
    if (call.headers.get("apikey") !== this.#apiKey) throw unauthorized();
  }

  /** The instance whose token the call carries, or `null` for the server's own key. */
  ownerOf(call: Call): InstanceRow | null {
    const key = call.headers.get("apikey");
    if (key === this.#apiKey) return null;
    const owner = this.#world.state.instances.find(({ token }) => token === key);
    if (owner === undefined) throw unauthorized();
    return owner;
  }
}

/** The body by a schema; what is wrong with it is said as the real server does, in a list within the list. */
export function readBody<Schema extends z.ZodType>(call: Call, schema: Schema): z.infer<Schema> {
  const result = schema.safeParse(call.json() ?? {});
  if (result.success) return result.data;
  throw badRequest(result.error.issues.map(describeIssue));
}

export function created(body: unknown): Response {
  return Response.json(body, { status: 201 });
}

function describeIssue({ path, code, message }: z.core.$ZodIssue): string {
  const property = path.join(".");
  return code === "invalid_type" && message.includes("undefined")
    ? `instance requires property "${property}"`
    : `instance.${property} ${message}`;
}

function unauthorized(): EvolutionError {
  return new EvolutionError(401, "Unauthorized");
}
