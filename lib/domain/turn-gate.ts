// Whether the agent may act in a conversation. One place, asked by turns and by the lane, so that they cannot disagree.

/** Read fresh in every transaction; never remembered. */
export type Gate = {
  /** The organization's switch. */
  agentEnabled: boolean;
  level: "off" | "suggest" | "auto";
  handler: "agent" | "member" | "none";
};

export type Barrier = "switched_off" | "level_off" | "not_the_handler";

/** What keeps the agent from thinking about an answer, or null. */
export function barrierToThink(gate: Gate): Barrier | null {
  if (!gate.agentEnabled) return "switched_off";
  if (gate.level === "off") return "level_off";
  return gate.handler === "agent" ? null : "not_the_handler";
}

/**
 * What keeps a committed message of the agent from leaving, or null. Nobody (`none`) may be the handler by then: the run that hands
 * a conversation over still says so to the lead. A suggestion never leaves by itself.
 */
export function barrierToSend(gate: Gate): Barrier | null {
  if (!gate.agentEnabled) return "switched_off";
  if (gate.level !== "auto") return "level_off";
  return gate.handler === "member" ? "not_the_handler" : null;
}
