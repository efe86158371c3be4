import type { Setup } from "./rows.ts";

export const setupSteps = ["server", "scan", "done"] as const;
export type SetupStep = (typeof setupSteps)[number];

/** Where the setup of a connection goes on. It is read from what is true, so a reload changes nothing. */
export function setupStepOf({ state, reason, hasKey }: Pick<Setup, "state" | "reason" | "hasKey">): SetupStep {
  if (state === "connected") return "done";
  return hasKey && reason !== "removed" ? "scan" : "server";
}
