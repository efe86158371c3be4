import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { MortalEngine } from "../../harness/mortal-engine.ts";
import { SeededRandom } from "../runtime/random.ts";
import { runKillLoop } from "./kill-loop.ts";

const ROUNDS = 100;
const LIMIT_MS = 300_000; // it must end; how fast a busy machine is proves nothing

it(
  `an engine killed ${ROUNDS} times under load keeps what it acknowledged, does nothing twice, and is found again by its clients`,
  async () => {
    const directory = mkdtempSync(join(tmpdir(), "qify-kills-"));
    onTestFinished(() => rmSync(directory, { recursive: true }));
    const file = join(directory, "convex.sqlite");
    const environment = join(directory, "environment.json");
    writeFileSync(environment, JSON.stringify({ adminKey: "test key", variables: {} }));
    const functions = fileURLToPath(new URL("../fixtures/endurance/convex", import.meta.url));
    const engine = new MortalEngine({ file, environment, directory: functions });
    onTestFinished(() => engine.kill());
    const random = new SeededRandom(7);

    const result = await runKillLoop({ engine, file, rounds: ROUNDS, random: () => random.next() });

    expect(result.broken).toEqual([]);
    expect(result.kills).toBeGreaterThan(ROUNDS);
    expect(result.acknowledged).toBeGreaterThan(ROUNDS);
    // Whoever hardly ever came back would prove little.
    expect(Math.min(...result.connections)).toBeGreaterThan(ROUNDS / 10);
    expect(engine.printed).toBe("");
  },
  LIMIT_MS,
);
