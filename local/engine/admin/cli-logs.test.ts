import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { runCli, startCli } from "../testing/cli.ts";
import { startTestWorld, type TestWorld } from "../testing/world.ts";

const ADMIN_KEY = "local|cli";
const ENTRY = z.looseObject({ identifier: z.string(), udfType: z.string(), error: z.string().nullable() });
const PAGE = z.object({ entries: z.array(ENTRY), newCursor: z.number() });

let world: TestWorld;
beforeAll(async () => {
  world = await startTestWorld("calls", { adminKey: ADMIN_KEY });
});
afterAll(() => world.close());

const target = () => ({ url: world.running.url, adminKey: ADMIN_KEY });

async function fetchLogs(cursor: string | number, authorization = `Convex ${ADMIN_KEY}`) {
  const url = `${world.running.url}/api/stream_function_logs?cursor=${cursor}`;
  return fetch(url, { headers: { authorization } });
}

test("convex logs shows what was logged before, if asked, and what is logged from now on", async () => {
  await world.call("notes:speak", { lines: 1 });
  const cli = startCli(["logs", "--history", "5", "--success"], target());
  await expect.poll(cli.stdout).toContain("[CONVEX M(notes:speak)] [LOG] 'line' 0");
  await world.call("notes:speak", { lines: 3 });
  await expect.poll(cli.stdout).toContain("[CONVEX M(notes:speak)] [LOG] 'line' 2");
  await expect(world.call("notes:failAfterWriting")).rejects.toThrow("nope");
  await expect.poll(cli.stdout).toContain("[CONVEX M(notes:failAfterWriting)] Uncaught ConvexError");
  expect(cli.stdout().split("'line' 0").length).toBe(3);
});

test("a stranger's convex logs ends at once", async () => {
  const { code, stdout, stderr } = await runCli(["logs"], { ...target(), adminKey: "local|other" });
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toContain("The provided deploy key was invalid");
});

test("every call from outside is one entry, with its kind and how it ended", async () => {
  const { newCursor } = PAGE.parse(await (await fetchLogs(0)).json());
  await world.call("notes:list");
  await world.call("notes:catchNested");
  await expect(world.call("notes:wrongReturn")).rejects.toThrow("ReturnsValidationError");
  await fetch(`${world.running.siteUrl}/nowhere?secret=1`);
  const { entries } = PAGE.parse(await (await fetchLogs(newCursor)).json());
  expect(entries.map(({ udfType, identifier, error }) => [udfType, identifier, error === null])).toEqual([
    ["Query", "notes:list", true],
    ["Mutation", "notes:catchNested", true],
    ["Query", "notes:wrongReturn", false],
    ["HttpAction", "GET /nowhere", true],
  ]);
});

test("a question that waits is answered by the next call", async () => {
  const { newCursor } = PAGE.parse(await (await fetchLogs(0)).json());
  const waiting = fetchLogs(newCursor);
  await world.call("notes:whoAmI");
  const { entries } = PAGE.parse(await (await waiting).json());
  expect(entries.map(({ identifier }) => identifier)).toEqual(["notes:whoAmI"]);
});

test.each(["soon", "NaN", "Infinity"])("the cursor %j is refused", async (cursor) => {
  expect((await fetchLogs(cursor)).status).toBe(400);
});

test("nobody but an admin follows", async () => {
  expect((await fetchLogs(0, "Convex local|other")).status).toBe(403);
});
