/** For tests of turns: what a run that decided to say nothing brings to its commit. */
export function silentResult<State>(state: State) {
  const trace = {
    brain: "test",
    promptVersion: "test",
    playbookVersion: 1,
    understanding: null,
    facts: [],
    move: "stay_silent",
    why: [],
    score: { from: 0, to: 0, reasons: [] },
    outcome: { from: "open" as const, to: "open" as const },
    stages: [],
    wording: "none",
    rejections: [],
    fallback: null,
    usage: { inputTokens: 0, outputTokens: 0, costMicros: 0 },
  };
  return { state, messages: [""], handoff: null, optOut: false, pause: null, waitUntil: null, trace };
}
