// An engine that is killed while it imports: all of it is there afterwards or nothing, its row says which, and it can be run again.
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as turn, setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import { MortalEngine } from "../../harness/mortal-engine.ts";

const ADMIN_KEY = "test key";
const DOCUMENTS = 4_000;
const LIMIT_MS = 120_000; // it must end; how fast a busy machine is proves nothing
const ANSWER = z.object({ status: z.literal("success"), value: z.unknown() });
const STATE = z.object({ state: z.object({ state: z.string() }) });

function makeEngine() {
  const directory = mkdtempSync(join(tmpdir(), "qify-import-kills-"));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const file = join(directory, "convex.sqlite");
  const environment = join(directory, "environment.json");
  writeFileSync(environment, JSON.stringify({ adminKey: ADMIN_KEY, variables: {} }));
  const functions = fileURLToPath(new URL("../fixtures/endurance/convex", import.meta.url));
  const engine = new MortalEngine({ file, environment, directory: functions });
  onTestFinished(() => engine.kill());
  return { engine, file };
}

async function post(engine: MortalEngine, path: string, body: string): Promise<unknown> {
  const response = await fetch(`${engine.url}/api/${path}`, {
    method: "POST",
    headers: { authorization: `Convex ${ADMIN_KEY}`, "content-type": "application/json" },
    body,
  });
  if (!response.ok) throw new Error(await response.text());
  return response.json();
}

async function ask(engine: MortalEngine, path: string, args: Record<string, string>): Promise<unknown> {
  return ANSWER.parse(await post(engine, "query", JSON.stringify({ path, args, format: "json" }))).value;
}

/** How many of the documents of an import are there, through the index that functions read. */
const countOf = async (engine: MortalEngine, key: string) =>
  z.array(z.string()).parse(await ask(engine, "effects:of", { key })).length;

const stateOf = async (engine: MortalEngine, importId: string) =>
  STATE.parse(await ask(engine, "_system/cli/queryImport", { importId })).state.state;

/** Hands in documents that replace all effects, as the CLI does; `perform` loads them. */
async function prepare(engine: MortalEngine, key: string): Promise<string> {
  const lines = Array.from({ length: DOCUMENTS }, (_, n) => `${JSON.stringify({ key, by: `${n}` })}\n`).join("");
  const { uploadToken } = z.object({ uploadToken: z.string() }).parse(await post(engine, "import/start_upload", ""));
  const part = await post(engine, `import/upload_part?uploadToken=${uploadToken}`, lines);
  const asked = { tableName: "effects", mode: "replace", format: "jsonLines" };
  const finish = JSON.stringify({ import: asked, uploadToken, partTokens: [part] });
  return z.object({ importId: z.string() }).parse(await post(engine, "import/finish_upload", finish)).importId;
}

const perform = (engine: MortalEngine, importId: string) =>
  post(engine, "perform_import", JSON.stringify({ importId }));

/** Resolves when the log of the database is written to, which is when what is loaded is being committed, or when that is over. */
async function logIsWritten(file: string, over: AbortSignal): Promise<void> {
  const writtenAt = () => statSync(`${file}-wal`).mtimeMs;
  for (const before = writtenAt(); writtenAt() === before && !over.aborted;) await turn();
}

it(
  "leaves all of an import or nothing, says which, and takes it again",
  async () => {
    const { engine, file } = makeEngine();
    await engine.start();
    const startedAt = performance.now();
    await perform(engine, await prepare(engine, "import 0"));
    const tookMs = performance.now() - startedAt;
    let present = "import 0";
    const outcomes: string[] = [];
    const moments = [() => sleep(tookMs / 4), () => sleep(tookMs / 2), (over: AbortSignal) => logIsWritten(file, over)];
    for (const [n, moment] of moments.entries()) {
      const next = `import ${n + 1}`;
      const importId = await prepare(engine, next);
      const over = new AbortController();
      const answer = perform(engine, importId)
        .then(
          () => true,
          () => false,
        )
        .finally(() => over.abort());
      await Promise.race([moment(over.signal), answer]);
      await engine.kill();
      const wasAcknowledged = await answer;
      await engine.start();

      const state = await stateOf(engine, importId);
      const counts = [await countOf(engine, present), await countOf(engine, next)];
      expect(counts).toEqual(state === "completed" ? [0, DOCUMENTS] : [DOCUMENTS, 0]);
      outcomes.push(wasAcknowledged ? `acknowledged, ${state}` : state);
      if (state === "completed") present = next;
    }
    expect(outcomes).toContain("failed");
    expect(["failed", "completed", "acknowledged, completed"]).toEqual(expect.arrayContaining(outcomes));

    await perform(engine, await prepare(engine, "at last"));
    expect([await countOf(engine, present), await countOf(engine, "at last")]).toEqual([0, DOCUMENTS]);
    expect(engine.printed).toBe("");
  },
  LIMIT_MS,
);
