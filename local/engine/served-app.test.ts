import { writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { makeDirectory } from "./bundle/test-directory.ts";
import { ServedApp } from "./served-app.ts";
import { Store } from "./store/store.ts";
import { ManualClock, NOON } from "./store/testing.ts";

const HELLO = `import { queryGeneric as query } from "convex/server"; export const hello = query(async () => 1);`;

function served(files: Record<string, string>) {
  const clock = new ManualClock(NOON);
  const store = new Store({ file: ":memory:", clock });
  onTestFinished(() => store.close());
  const directory = makeDirectory(files);
  const app = new ServedApp({ store, clock, load: { directory, environment: () => undefined } });
  const write = (name: string, text: string) => writeFileSync(join(directory, name), text);
  const functions = () => [...(app.app.components.get("")?.functions.keys() ?? [])];
  return { app, store, write, functions };
}

describe("the app that is served", () => {
  it("is none before it was loaded", () => {
    expect(() => served({ "a.ts": HELLO }).app.app).toThrow("not loaded yet");
  });

  it("is what is on disk when it is loaded, its tables included", async () => {
    const { app, store, write, functions } = served({ "a.ts": HELLO });
    await app.load();
    write("b.ts", HELLO);
    write(
      "schema.ts",
      `import { defineSchema, defineTable } from "convex/server"; export default defineSchema({ rooms: defineTable({}) });`,
    );
    expect(functions()).toEqual(["a:hello"]);
    await app.load();
    expect(functions()).toEqual(["a:hello", "b:hello"]);
    expect(store.read((tx) => tx.table("", "rooms"))).not.toBeNull();
  });

  it.each([
    ["does not parse", "a.ts", "export const = 1;", "a.ts:1"],
    ["throws", "a.ts", `export {}; throw new Error("not today");`, "not today"],
    [
      "has a cron that never runs",
      "crons.ts",
      `import { cronJobs, makeFunctionReference } from "convex/server"; const crons = cronJobs(); crons.cron("x", "99 99 * * *", makeFunctionReference("a:none")); export default crons;`,
      "99 99",
    ],
  ])("stays what it was when the next one %s", async (_what, name, text, reason) => {
    const { app, write, functions } = served({ "a.ts": HELLO });
    await app.load();
    write(name, text);
    await expect(app.load()).rejects.toThrow(reason);
    expect(functions()).toEqual(["a:hello"]);
    expect(app.sources.map((file) => basename(file))).toContain("a.ts");
  });

  it("names the files that a failed load came to, and those that are served", async () => {
    const { app, write } = served({ "a.ts": HELLO, "b.ts": HELLO });
    await app.load();
    write("a.ts", `import "../new.ts";`);
    await expect(app.load()).rejects.toThrow("new.ts");
    expect(app.sources.map((file) => basename(file))).toEqual(expect.arrayContaining(["a.ts", "b.ts", "new.ts"]));
  });
});
