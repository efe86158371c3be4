import { rmSync, utimesSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Clock } from "../types.ts";
import { Bundler } from "./bundler.ts";
import { BuildError } from "./compile.ts";
import { makeDirectory } from "./test-directory.ts";

/** For whom all files are old: those that were just written could be written again within a tick of the clock, and are never kept. */
const LATER: Clock = { now: () => Date.now() + 60_000 };

/** A bundler for an app of these files; `load` bundles the modules that are named, all of it in one bundle. */
function appOf(files: Record<string, string>, clock: Clock = LATER) {
  const directory = makeDirectory(files);
  const bundler = new Bundler(clock);
  const write = (name: string, text: string) => writeFileSync(join(directory, name), text);
  const load = async (...names: string[]) => {
    bundler.begin();
    const modules = names.map((name) => ({ path: name.replace(".ts", ""), file: join(directory, name) }));
    const job = { appDirectory: directory, modules, runtime: "isolate", filename: "test:app" } as const;
    return (await bundler.compile(job)).compiled;
  };
  return { bundler, directory, load, write };
}

describe("a bundle", () => {
  it("is not made again while none of its files changes", async () => {
    const app = appOf({ "a.ts": `import { x } from "./lib"; export const y = x;`, "lib.ts": "export const x = 1;" });
    const first = await app.load("a.ts");
    expect(await app.load("a.ts")).toBe(first);
  });

  it.each(["a.ts", "lib.ts"])("is made again when %s was written", async (name) => {
    const app = appOf({ "a.ts": `import { x } from "./lib"; export const y = x;`, "lib.ts": "export const x = 1;" });
    await app.load("a.ts");
    app.write(name, "export const x = 'new';");
    expect((await app.load("a.ts")).code).toContain('"new"');
  });

  it("is made again when it has other modules", async () => {
    const app = appOf({ "a.ts": "export const x = 1;", "b.ts": "export const second = 2;" });
    await app.load("a.ts");
    expect((await app.load("a.ts", "b.ts")).code).toContain("second");
    expect((await app.load("b.ts")).code).not.toContain("x = 1");
  });

  it("is not kept when a file may have been written while it was read, whatever date the file claims", async () => {
    const app = appOf({ "a.ts": "export const x = 1;" }, Date);
    utimesSync(join(app.directory, "a.ts"), 1, 1);
    const first = await app.load("a.ts");
    expect(await app.load("a.ts")).not.toBe(first);
  });

  it("is not kept when it failed, and not given for what fails now", async () => {
    const app = appOf({ "a.ts": "export const x = 1;" });
    await app.load("a.ts");
    app.write("a.ts", "export const x = ;");
    await expect(app.load("a.ts")).rejects.toThrow(BuildError);
    await expect(app.load("a.ts")).rejects.toThrow(BuildError);
    app.write("a.ts", "export const x = 3;");
    expect((await app.load("a.ts")).code).toContain("x = 3");
  });
});

describe("its sources", () => {
  const namesOf = ({ bundler }: { bundler: Bundler }) => bundler.sources.map((file) => basename(file)).toSorted();

  it("are the app's files and no packages, whether bundled or kept", async () => {
    const app = appOf({
      "a.ts": `import { v } from "convex/values"; import { x } from "./lib"; export const y = [v, x];`,
      "lib.ts": "export const x = 1;",
    });
    for (let load = 0; load < 2; load++) {
      await app.load("a.ts");
      expect(namesOf(app)).toEqual(["a.ts", "lib.ts"]);
    }
  });

  it("are those of the last load alone", async () => {
    const app = appOf({ "a.ts": `import "./lib";`, "lib.ts": "export {};" });
    await app.load("a.ts");
    app.write("a.ts", "export {};");
    await app.load("a.ts");
    expect(namesOf(app)).toEqual(["a.ts"]);
  });

  it("include the file that it failed at", async () => {
    const app = appOf({ "a.ts": `import "../new";` });
    writeFileSync(join(dirname(app.directory), "new.ts"), "export const = 1;");
    await expect(app.load("a.ts")).rejects.toThrow("new.ts:1");
    expect(namesOf(app)).toEqual(["new.ts"]);
  });

  it.each(["./gone", "./gone.js", "./gone.ts"])("include where %s would be, which is not there", async (name) => {
    const app = appOf({ "a.ts": `import "${name}";` });
    await expect(app.load("a.ts")).rejects.toThrow("Could not resolve");
    expect(namesOf(app)).toEqual(expect.arrayContaining(["a.ts", "gone.ts", "gone.js"]));
    app.write("gone.ts", "export {};");
    await app.load("a.ts");
    rmSync(join(app.directory, "gone.ts"));
  });
});
