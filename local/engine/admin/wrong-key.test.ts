import { ConvexClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import { expect, onTestFinished, test } from "vitest";
import { callMethod } from "../runtime/foreign.ts";
import { startTestWorld } from "../testing/world.ts";

test("over a socket, too, a wrong admin key is said to be wrong, and tells nothing", async () => {
  const world = await startTestWorld("parts", { adminKey: "local|right" });
  onTestFinished(() => world.close());
  const heard: string[] = [];
  const hear = (...parts: unknown[]) => void heard.push(parts.map(String).join(" "));
  const logger = { log: hear, warn: hear, error: hear, logVerbose: () => undefined };
  const client = new ConvexClient(world.running.url, { logger });
  onTestFinished(() => client.close());
  callMethod(client, "setAdminAuth", "local|wrong");
  client.onUpdate(makeFunctionReference<"query">("_system/cli/tables"), {}, hear, hear);
  const told = () => heard.join("\n");
  await expect.poll(told, { timeout: 20_000 }).toContain("Unauthorized: query requires an admin key.");
  expect(told()).toContain('Failed to authenticate: "The provided admin key was invalid for this instance"');
  expect(told()).not.toContain("notes");
});
