// How an engine begins and ends.
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { makeDirectory } from "./bundle/test-directory.ts";
import { listen } from "./http/test-listener.ts";
import { startTestWorld, type TestWorld } from "./testing/world.ts";

async function start(options: Parameters<typeof startTestWorld>[1]): Promise<TestWorld> {
  const world = await startTestWorld("calls", options);
  onTestFinished(() => world.close());
  return world;
}

const portOf = (url: string) => Number(new URL(url).port);

it.each(["port", "sitePort"] as const)(
  "one whose %s is taken leaves its file and its other port to the next",
  async (which) => {
    const other = await start({});
    const file = join(makeDirectory({}), "convex.sqlite");
    const taken = portOf(which === "port" ? other.running.url : other.running.siteUrl);
    const free = await startTestWorld("calls");
    const ports = { port: portOf(free.running.url), sitePort: portOf(free.running.siteUrl) };
    await free.close();
    await expect(startTestWorld("calls", { ...ports, file, [which]: taken })).rejects.toThrow(
      `Port ${taken} on 127.0.0.1 is in use`,
    );
    const next = await start({ ...ports, file });
    await next.call("notes:add", { text: "here" });
    expect(await next.call("notes:list")).toContain("here");
  },
);

it("what goes on after its end is no fault of it: the job has failed at the next start", async () => {
  const lines: string[] = [];
  const asked = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<void>();
  const port = await listen((_request, response) => {
    asked.resolve();
    void answer.promise.then(() => response.end("page"));
  });
  const world = await start({ onLog: ({ path, line }) => lines.push(`${path} ${line}`) });
  const args = { delayMs: 0, url: `http://127.0.0.1:${port}` };
  await world.call("jobs:later", { delayMs: 0, path: "jobs:actionWaits", args });
  await asked.promise;
  await world.restart();
  answer.resolve();
  await expect.poll(() => lines.filter((line) => line.startsWith("jobs:actionWaits [ERROR]"))).toHaveLength(1);
  expect(world.faults).toEqual([]);
  expect(await world.call("jobs:states")).toMatchObject([{ state: { kind: "failed" } }]);
});
