import { once } from "node:events";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ConvexClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import { describe, expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import { callOverHttp, copyFixture, runProgram, startProgram, type Program } from "./testing/program.ts";

const LIST = makeFunctionReference<"query">("notes:list");
const ADD = makeFunctionReference<"mutation">("notes:add");
const SLOW = { timeout: 60_000 };
const SOON = { timeout: 20_000, interval: 20 };

const TEXTS = z.array(z.string());
const listNotes = async (url: string) => TEXTS.parse(await callOverHttp(url, "notes:list"));
const timesOf = (texts: readonly string[], text: string) => texts.filter((one) => one === text).length;

function openClient(url: string): ConvexClient {
  const client = new ConvexClient(url, { logger: false });
  onTestFinished(() => client.close());
  return client;
}

function follow(client: ConvexClient): { latest(): readonly string[] } {
  let latest: readonly string[] = [];
  client.onUpdate(LIST, {}, (value: unknown) => (latest = TEXTS.parse(value)));
  return { latest: () => latest };
}

const add = (client: ConvexClient, text: string) => client.mutation(ADD, { text });

describe("kill -9", () => {
  it("in the middle of a stream of mutations loses none that was acknowledged, and doubles none", SLOW, async () => {
    const place = copyFixture("calls");
    const acknowledged: string[] = [];
    for (let round = 0; round < 5; round++) {
      const program = await startProgram(place);
      await writeUntilKilled(program, { round, acknowledged, killAfter: 20 + 17 * round });
    }
    const texts = await listNotes((await startProgram(place)).url);
    expect(acknowledged.length).toBeGreaterThan(5 * 20);
    expect(acknowledged.filter((text) => timesOf(texts, text) !== 1)).toEqual([]);
    expect(texts.filter((text) => text.startsWith("key") && timesOf(texts, text) !== 1)).toEqual([]);
  });

  it("and a restart on the same port: a client goes on, and sees and writes everything once", SLOW, async () => {
    const place = copyFixture("calls");
    const first = await startProgram(place);
    const client = openClient(first.url);
    const notes = follow(client);
    await add(client, "before");
    await first.kill();
    const during = Promise.all(["while away 1", "while away 2"].map((text) => add(client, text)));
    const second = await startProgram(place, { url: first.url });
    await during;
    await callOverHttp(second.url, "notes:add", { text: "by another" });
    await expect.poll(() => notes.latest(), SOON).toContain("by another");
    for (const text of ["before", "while away 1", "while away 2", "by another"]) {
      expect([text, timesOf(notes.latest(), text)]).toEqual([text, 1]);
    }
    expect(notes.latest()).toEqual(await listNotes(second.url));
  });

  it("runs a scheduled mutation exactly once, due before or after", SLOW, async () => {
    const place = copyFixture("calls");
    const first = await startProgram(place);
    const schedule = (text: string, delayMs: number) =>
      callOverHttp(first.url, "jobs:later", { delayMs, path: "notes:add", args: { text } });
    const texts = Array.from({ length: 30 }, (_, n) => `job ${n}`);
    // Some run before the kill, some are under way, some wait.
    await Promise.all(texts.map((text, n) => schedule(text, 4 * n)));
    await first.kill();
    const second = await startProgram(place);
    const doneOf = async () => texts.map((text) => [text, timesOf(listed, text)]).filter(([, times]) => times !== 0);
    let listed: string[] = [];
    await expect
      .poll(async () => {
        listed = await listNotes(second.url);
        return (await doneOf()).length;
      }, SOON)
      .toBe(texts.length);
    expect(texts.filter((text) => timesOf(listed, text) !== 1)).toEqual([]);
  });
});

/** Sends mutations on four lines until `killAfter` of them were answered, then kills the engine under the rest. */
async function writeUntilKilled(
  program: Program,
  { round, acknowledged, killAfter }: { round: number; acknowledged: string[]; killAfter: number },
): Promise<void> {
  let answered = 0;
  const send = async (line: number) => {
    for (let n = 0; ; n++) {
      const text = `key ${round}.${line}.${n}`;
      await callOverHttp(program.url, "notes:add", { text });
      acknowledged.push(text);
      if (++answered === killAfter) void program.kill();
    }
  };
  const lines = await Promise.allSettled([0, 1, 2, 3].map(send));
  expect(lines.map(({ status }) => status)).toEqual(Array(4).fill("rejected"));
  await program.kill();
}

describe("the program", () => {
  it.each(["SIGTERM", "SIGINT"] as const)(
    "ends on %s with code 0, clients and a hanging action or not",
    SLOW,
    async (signal) => {
      const program = await startProgram(copyFixture("calls"));
      const client = openClient(program.url);
      await add(client, "x");
      await callOverHttp(program.url, "jobs:later", { delayMs: 0, path: "jobs:actionHangs", args: {} });
      await expect.poll(() => listNotes(program.url), SOON).toContain("hanging");
      const exit = once(program.child, "exit");
      program.child.kill(signal);
      expect(await exit).toEqual([0, null]);
    },
  );

  it("says where it serves, makes the folder of its file, and passes the app's logs on", SLOW, async () => {
    const place = copyFixture("calls");
    const program = await startProgram(place);
    await callOverHttp(program.url, "notes:speak", { lines: 1 });
    await expect.poll(() => program.printed(), SOON).toContain("notes:speak [LOG] 'line' 0");
    expect(program.printed()).toContain(`Convex functions at ${program.url}`);
    await expect.poll(() => program.printed(), SOON).toContain(`Admin key: ${place.file}.admin-key`);
    expect(readFileSync(place.file).subarray(0, 15).toString()).toBe("SQLite format 3");
  });

  it("goes on when what an action left behind throws, and says so", SLOW, async () => {
    const program = await startProgram(copyFixture("calls"));
    await callOverHttp(program.url, "jobs:actionLeavesAListener");
    const line = "jobs:actionLeavesAListener [ERROR] Uncaught exception: nobody waits for this";
    await expect.poll(() => program.printed(), SOON).toContain(line);
    await callOverHttp(program.url, "notes:add", { text: "still here" });
  });

  it("names the mutation that never ends, while it runs", SLOW, async () => {
    const program = await startProgram(copyFixture("calls"));
    void callOverHttp(program.url, "jobs:writeThenSpin").catch(() => undefined);
    await expect.poll(() => program.printed(), SOON).toContain("jobs:writeThenSpin [WARN] It has been running");
  });

  it("gives the app the variables of its environment file, and nothing else", SLOW, async () => {
    const place = copyFixture("calls");
    writeFileSync(
      join(place.convex, "env.ts"),
      `import { queryGeneric as query } from "convex/server";
       export const read = query(async () => [process.env.NAME ?? null, typeof process.env.constructor, process.env.PATH ?? null]);`,
    );
    const environment = join(dirname(place.convex), "environment.json");
    writeFileSync(environment, JSON.stringify({ adminKey: "local", variables: { NAME: "value" } }));
    const { url } = await startProgram(place, { flags: ["--environment", environment] });
    expect(await callOverHttp(url, "env:read")).toEqual(["value", "undefined", null]);
  });
});

describe("what it cannot start with ends it with code 1 and a sentence", () => {
  const run = ({ convex, file }: { convex: string; file: string }, ...more: string[]) =>
    runProgram(["--directory", convex, "--file", file, "--port", "0", "--site-port", "0", ...more]);

  it("a port that is taken", SLOW, async () => {
    const program = await startProgram(copyFixture("calls"));
    const { port } = new URL(program.url);
    const { code, printed } = await run(copyFixture("calls"), "--port", port);
    expect(code).toBe(1);
    expect(printed).toContain(
      `Port ${port} on 127.0.0.1 is in use. Stop the program that listens there, or choose another port.`,
    );
    expect(await listNotes(program.url)).toEqual(["minute"]);
  });

  it.each([
    [["--port", "high"], '--port must be a port, 0 (any that is free) to 65535, and "high" is none.'],
    [["--site-port", "70000"], '--site-port must be a port, 0 (any that is free) to 65535, and "70000" is none.'],
    [["--prot", "1"], "Unknown option '--prot'"],
  ])("%j", SLOW, async (flags, sentence) => {
    const { code, printed } = await run(copyFixture("calls"), ...flags);
    expect([code, printed.split("\n")[0]]).toEqual([1, expect.stringContaining(sentence)]);
  });

  it("a file that is no database", SLOW, async () => {
    const place = copyFixture("calls");
    mkdirSync(dirname(place.file));
    writeFileSync(place.file, "a letter, not a database ".repeat(100));
    const { code, printed } = await run(place);
    expect(code).toBe(1);
    expect(printed).toMatch(/The database .*convex\.sqlite cannot be opened: file is not a database/);
  });

  it("a file that another engine serves, which goes on", SLOW, async () => {
    const place = copyFixture("calls");
    const program = await startProgram(place);
    const { code, printed } = await run(place);
    expect(code).toBe(1);
    expect(printed).toMatch(
      /The database .*convex\.sqlite is in use by another engine\..* Stop the other, or choose another/,
    );
    expect(printed).not.toContain("Convex functions at");
    await callOverHttp(program.url, "notes:add", { text: "still here" });
    expect(await listNotes(program.url)).toContain("still here");
  });

  it("a file that is damaged, which stays as it is", SLOW, async () => {
    const place = copyFixture("calls");
    const program = await startProgram(place);
    for (let n = 0; n < 30; n++) await callOverHttp(program.url, "notes:add", { text: "x".repeat(5_000) });
    const exit = once(program.child, "exit");
    program.child.kill("SIGTERM");
    await exit;
    const bytes = readFileSync(place.file);
    bytes.fill(0xa5, 10 * 4_096, 14 * 4_096);
    writeFileSync(place.file, bytes);
    const { code, printed } = await run(place);
    expect(code).toBe(1);
    expect(printed).toMatch(
      /convex\.sqlite cannot be opened: .*(damaged|malformed).* Nothing in it was changed\. Move/,
    );
    expect(readFileSync(place.file).equals(bytes)).toBe(true);
  });

  it("a path where no file can be", SLOW, async () => {
    const place = copyFixture("calls");
    const { code, printed } = await run({ ...place, file: place.convex });
    expect(code).toBe(1);
    expect(printed).toMatch(/The database .*convex cannot be opened: .* Move the file away to begin anew/);
  });

  it.each([
    ["a syntax error", "broken.ts", "export const a = ;", /broken\.ts:1: Unexpected ";"/],
    [
      "a cron that cannot be read",
      "crons.ts",
      `import { anyApi, cronJobs } from "convex/server";
       const crons = cronJobs();
       crons.cron("nightly", "17 3 * * 7", anyApi.notes.add, { text: "x" });
       export default crons;`,
      /Cron "nightly" has an expression that cannot be read \(17 3 \* \* 7\)/,
    ],
  ])("%s", SLOW, async (_what, name, text, message) => {
    const place = copyFixture("calls");
    writeFileSync(join(place.convex, name), text);
    const { code, printed } = await run(place);
    expect(code).toBe(1);
    expect(printed).toMatch(message);
    expect(printed).not.toContain("Convex functions at");
  });

  it("documents that its schema does not fit", SLOW, async () => {
    const place = copyFixture("calls");
    const program = await startProgram(place);
    await callOverHttp(program.url, "notes:add", { text: "x" });
    await program.kill();
    rewrite(join(place.convex, "schema.ts"), "text: v.string()", "text: v.number()");
    const { code, printed } = await run(place);
    expect(code).toBe(1);
    expect(printed).toContain('table "notes"');
  });
});

describe("--watch", () => {
  it(
    "serves what changed to clients that stay connected; what cannot be loaded leaves the old functions",
    SLOW,
    async () => {
      const place = copyFixture("calls");
      const program = await startProgram(place, { flags: ["--watch"] });
      const file = join(place.convex, "notes.ts");
      const client = openClient(program.url);
      const notes = follow(client);
      await add(client, "kept");
      await expect.poll(() => notes.latest(), SOON).toContain("kept");

      rewrite(file, "map(({ text }) => text)", 'map(({ text }) => text).concat("second edition")');
      await expect.poll(() => notes.latest(), SOON).toContain("second edition");

      rewrite(file, "second edition", 'third" edition');
      await expect.poll(() => program.printed(), SOON).toContain("cannot be loaded; the old ones go on");
      await add(client, "meanwhile");
      expect(notes.latest()).toEqual(expect.arrayContaining(["meanwhile", "second edition"]));

      rewrite(join(place.convex, "schema.ts"), "text: v.string()", "text: v.number()");
      rewrite(file, 'third" edition', "fourth edition");
      await expect.poll(() => program.printed().split("the old ones go on").length, SOON).toBeGreaterThan(2);
      expect(notes.latest()).toContain("second edition");

      rewrite(join(place.convex, "schema.ts"), "text: v.number()", "text: v.string()");
      await expect.poll(() => notes.latest(), SOON).toContain("fourth edition");
      expect(notes.latest()).toEqual(expect.arrayContaining(["kept", "meanwhile"]));
      expect(client.client.connectionState().connectionCount).toBe(1);
    },
  );

  it(
    "follows files outside of the app's folder once they are imported, and new and removed modules",
    SLOW,
    async () => {
      const place = copyFixture("calls");
      const program = await startProgram(place, { flags: ["--watch"] });
      const word = join(dirname(place.convex), "word.ts");
      writeFileSync(word, `export const word = "one";`);
      writeFileSync(
        join(place.convex, "words.ts"),
        `import { queryGeneric as query } from "convex/server";
       import { word } from "../word.js";
       export const say = query(async () => word);`,
      );
      const say = () => callOverHttp(program.url, "words:say").catch(() => null);
      await expect.poll(say, SOON).toBe("one");
      writeFileSync(word, `export const word = "two";`);
      await expect.poll(say, SOON).toBe("two");
      rmSync(join(place.convex, "words.ts"));
      await expect.poll(say, SOON).toBeNull();
    },
  );

  it("a connected client sees a saved edit within seconds, however the editor saves", SLOW, async () => {
    const place = copyFixture("calls");
    const program = await startProgram(place, { flags: ["--watch"] });
    const notes = follow(openClient(program.url));
    const file = join(place.convex, "notes.ts");
    const text = readFileSync(file, "utf8");
    for (const edition of ["first edition", "second edition"]) {
      const startedAt = performance.now();
      writeFileSync(`${file}.tmp`, text.replace("map(({ text }) => text)", `map(() => "").concat("${edition}")`));
      renameSync(`${file}.tmp`, file);
      await expect.poll(() => notes.latest(), SOON).toContain(edition);
      expect(performance.now() - startedAt).toBeLessThan(10_000);
    }
  });

  it.each([
    ["does not exist yet", undefined],
    ["cannot be read", "export const word = ;"],
    ["fails when it is evaluated", `throw new Error("not yet");`],
  ])("takes over once an imported file elsewhere that %s is right", SLOW, async (_what, broken) => {
    const place = copyFixture("calls");
    const program = await startProgram(place, { flags: ["--watch"] });
    const word = join(dirname(place.convex), "word.ts");
    if (broken !== undefined) writeFileSync(word, broken);
    writeFileSync(
      join(place.convex, "words.ts"),
      `import { queryGeneric as query } from "convex/server";
       import { word } from "../word.js";
       export const say = query(async () => word);`,
    );
    await expect.poll(() => program.printed(), SOON).toContain("cannot be loaded; the old ones go on");
    await expect(callOverHttp(program.url, "notes:list")).resolves.toEqual(expect.any(Array));
    writeFileSync(word, `export const word = "right";`);
    await expect.poll(() => callOverHttp(program.url, "words:say").catch(() => null), SOON).toBe("right");
  });
});

function rewrite(file: string, from: string, to: string): void {
  const text = readFileSync(file, "utf8");
  if (!text.includes(from)) throw new Error(`${file} does not say ${from}`);
  writeFileSync(file, text.replace(from, to));
}
