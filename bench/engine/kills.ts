import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { runKillLoop } from "../../local/engine/faults/kill-loop.ts";
import { MortalEngine } from "../../local/harness/mortal-engine.ts";
import { DIRECTORY, freshFile } from "./opened.ts";

/** Kills the engine that often while it is used, says what became of it, and fails when a promise was broken. */
export async function runKills(rounds: number): Promise<void> {
  const file = freshFile("kills");
  const environment = join(DIRECTORY, "kills.json");
  writeFileSync(environment, JSON.stringify({ adminKey: "bench", variables: {} }));
  const functions = resolve("local/engine/fixtures/endurance/convex");
  const engine = new MortalEngine({ file, environment, directory: functions });
  const startedAt = performance.now();
  try {
    const result = await runKillLoop({ engine, file, rounds, random: Math.random });
    console.log(JSON.stringify({ ...result, seconds: Math.round((performance.now() - startedAt) / 1000) }, null, 2));
    if (result.broken.length > 0) process.exitCode = 1;
  } finally {
    await engine.kill();
  }
}
