/** How the page reaches the engine that served it: live queries over a socket, the rest over HTTP, both with the admin key. */
import { ConvexReactClient } from "convex/react";
import type { z } from "zod";
import { callMethod } from "../../runtime/foreign.ts";
import { activityAnswer, logsAnswer, queryAnswer, type Activity } from "./answers.ts";

/** The key is wrong; anything else that goes wrong is the network, or the engine's fault. */
export class WrongKey extends Error {
  override readonly name = "WrongKey";
}

/** A client whose queries run as an admin's. The library offers this to the official dashboard alone, hence not in its types. */
export function openClient(key: string): ConvexReactClient {
  const client = new ConvexReactClient(window.location.origin, { logger: false });
  callMethod(client, "setAdminAuth", key);
  return client;
}

/** Rejects with `WrongKey` when the key does not open this engine. */
export async function checkKey(key: string): Promise<void> {
  await ask(key, "_system/inspector/functions", {});
}

export async function fetchActivity(key: string): Promise<Activity> {
  return activityAnswer.parse(await ask(key, "_system/inspector/activity", {}));
}

/** Waits until there is something newer than the cursor, a minute at most. */
export async function fetchLogs(key: string, cursor: number, signal: AbortSignal): Promise<z.infer<typeof logsAnswer>> {
  const response = await fetch(`/api/stream_function_logs?cursor=${cursor}`, { headers: authorized(key), signal });
  return logsAnswer.parse(await jsonOf(response));
}

async function ask(key: string, path: string, args: Record<string, unknown>): Promise<unknown> {
  const headers = { ...authorized(key), "content-type": "application/json" };
  const response = await fetch("/api/query", { method: "POST", headers, body: JSON.stringify({ path, args }) });
  const answer = queryAnswer.parse(await jsonOf(response));
  if (answer.status === "error") throw new Error(answer.errorMessage);
  return answer.value;
}

async function jsonOf(response: Response): Promise<unknown> {
  if (response.status === 401 || response.status === 403) throw new WrongKey("The engine does not know this key");
  if (!response.ok) throw new Error(`The engine answered ${response.status}`);
  return response.json();
}

function authorized(key: string): Record<string, string> {
  return { authorization: `Convex ${key}` };
}
