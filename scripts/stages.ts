/** Runs programs as named stages with hard time limits; what `npm run check` and `npm test` are made of. */
import { spawn } from "node:child_process";

export type Stage = { name: string; command: readonly [program: string, ...args: string[]]; limitMs: number };

/** `reason` is empty when the stage ended well. */
export type Outcome = { name: string; ok: boolean; reason: string; output: string; elapsedMs: number };

/** Process groups of the stages that run now: they end with this process. */
const groups = new Set<number>();

/**
 * Runs one stage to its end. Output is kept, and also passed on when `live`. A stage that outlives its limit is killed
 * with everything it started.
 */
export function runStage(stage: Stage, { live = false }: { live?: boolean } = {}): Promise<Outcome> {
  const startedAt = performance.now();
  const [program, ...args] = stage.command;
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], detached: true });
  const group = child.pid;
  if (group !== undefined) groups.add(group);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      if (live) process.stdout.write(text);
    });
  }
  return new Promise((resolve) => {
    let stopped = "";
    const limit = setTimeout(() => {
      stopped = `stopped after its limit of ${formatSeconds(stage.limitMs)}`;
      if (group !== undefined) kill(group);
    }, stage.limitMs);
    const finish = (failure: string) => {
      clearTimeout(limit);
      if (group !== undefined) groups.delete(group);
      const reason = stopped || failure;
      resolve({ name: stage.name, ok: reason === "", reason, output, elapsedMs: performance.now() - startedAt });
    };
    child.on("error", (error) => finish(`could not start ${program}: ${error.message}`));
    child.on("close", (code, signal) => finish(code === 0 ? "" : `ended with ${code ?? signal}`));
  });
}

/** Runs stages in their order, at most `width` at a time; the outcomes keep the order of the stages. */
export async function runStages(stages: readonly Stage[], width: number): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const waiting = [...stages.entries()];
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) outcomes[next[0]] = await runStage(next[1]);
  };
  await Promise.all(Array.from({ length: width }, work));
  return outcomes;
}

/** Makes Ctrl-C and SIGTERM end the running stages too: each has a process group of its own. */
export function stopStagesOnSignal(): void {
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      for (const group of groups) kill(group);
      process.exit(1);
    });
  }
}

export function formatSeconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function kill(group: number): void {
  try {
    process.kill(-group, "SIGKILL");
  } catch {
    // It ended by itself in the meantime.
  }
}
