import { setTimeout as sleep } from "node:timers/promises";
import type { MortalEngine } from "../../harness/mortal-engine.ts";
import { Crowd } from "./crowd.ts";
import { countOpenJobs, judgeLedger, readLedger } from "./ledger.ts";

const CLIENTS = 8;
const HTTP_CALLERS = 2;
/** A life ends after up to so many answers, or when they take too long. */
const MOST_ANSWERS = 60;
const LONGEST_LIFE_MS = 1_500;
/** One life in so many ends before the engine serves. */
const STILLBIRTHS = 8;
const LONGEST_BIRTH_MS = 400;
const PATIENCE_MS = 60_000;

export type KillLoopResult = {
  kills: number;
  sent: number;
  acknowledged: number;
  /** Scheduled actions that a kill ended, or that ended with one. */
  interruptedActions: number;
  /** How often each client that stayed had to connect. */
  connections: number[];
  /** Broken promises; empty when all were kept. */
  broken: string[];
};

/**
 * Kills an engine on the fixture `endurance` again and again, at moments that `random` (0 to 1) chooses, while a crowd uses it; then
 * lets it live until all is quiet, kills it once more, and judges what lies in its file.
 */
export async function runKillLoop(options: {
  engine: MortalEngine;
  file: string;
  rounds: number;
  random: () => number;
}): Promise<KillLoopResult> {
  const { engine, file, rounds, random } = options;
  await engine.start();
  const crowd = new Crowd(engine);
  for (let n = 0; n < CLIENTS; n++) crowd.joinForGood(`client ${n}`);
  for (let n = 0; n < HTTP_CALLERS; n++) crowd.joinOverHttp(`caller ${n}`);
  for (let round = 0; round < rounds; round++) {
    crowd.visit(`visitor ${round}`);
    const answers = crowd.acknowledge(1 + Math.floor(random() * MOST_ANSWERS));
    await Promise.race([answers, sleep(LONGEST_LIFE_MS)]);
    await engine.kill();
    if (random() < 1 / STILLBIRTHS) await killAtBirth(engine, random() * LONGEST_BIRTH_MS);
    await engine.start();
    crowd.reconnect();
  }
  await crowd.finish();
  await becomes(() => countOpenJobs(readLedger(file)) === 0, "jobs are left");
  const seen = JSON.stringify(await crowd.look());
  const hasConverged = () => crowd.views().every(({ latest }) => JSON.stringify(latest) === seen);
  await becomes(hasConverged, "a client does not see what is there");
  const connections = crowd.views().map((view) => view.connections);
  await crowd.leave();
  await engine.kill();
  const ledger = readLedger(file);
  return {
    kills: engine.deaths,
    sent: crowd.sent.size,
    acknowledged: crowd.acknowledged.size,
    interruptedActions: ledger.jobs.filter(({ state }) => state.kind === "failed").length,
    connections,
    broken: judgeLedger(ledger, crowd),
  };
}

async function killAtBirth(engine: MortalEngine, delayMs: number): Promise<void> {
  const birth = engine.start().catch(() => undefined);
  await sleep(delayMs);
  await engine.kill();
  await birth;
}

async function becomes(isSo: () => boolean, otherwise: string): Promise<void> {
  for (const end = performance.now() + PATIENCE_MS; performance.now() < end; await sleep(50)) if (isSo()) return;
  throw new Error(`After ${PATIENCE_MS} ms ${otherwise}`);
}
