/** Runs a program as one named stage with a hard time limit; what `check` and `test` are made of. */
import { spawn } from "node:child_process";

export type Stage = { name: string; command: readonly [program: string, ...args: string[]]; limitMs: number };

export type Outcome = { name: string; ok: boolean; reason: string; output: string; elapsedMs: number };

/**
 * Runs one stage to its end. Output is kept, and also passed on when `live`. A stage that outlives its limit is killed
 * with everything it started.
 */
export function runStage(stage: Stage, { live = false }: { live?: boolean } = {}): Promise<Outcome> {
  const startedAt = performance.now();
  const [program, ...args] = stage.command;
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], detached: true });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      if (live) process.stdout.write(chunk);
    });
  }
  return new Promise((resolve) => {
    let reason = "";
    const limit = setTimeout(() => {
      reason = `stopped after its limit of ${formatSeconds(stage.limitMs)}`;
      if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
    }, stage.limitMs);
    const finish = (ok: boolean, why: string) => {
      clearTimeout(limit);
      resolve({ name: stage.name, ok, reason: reason || why, output, elapsedMs: performance.now() - startedAt });
    };
    child.on("error", (error) => finish(false, `could not start ${program}: ${error.message}`));
    child.on("close", (code, signal) => finish(code === 0, code === 0 ? "" : `ended with ${code ?? signal}`));
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

export function formatSeconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
