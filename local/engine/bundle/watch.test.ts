import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { makeDirectory } from "./test-directory.ts";
import { followChanges, SourceWatch } from "./watch.ts";

/** Longer than any test: what is told is told because of an event, or because the test asked. */
const NEVER_MS = 1_000_000;
/** All files that are there are older than the load. */
const LATER = Date.now() + NEVER_MS;

function place() {
  const directory = makeDirectory({ "a.ts": "export {};", "_generated/api.js": "" });
  const outside = join(dirname(directory), "lib");
  mkdirSync(outside);
  writeFileSync(join(outside, "used.ts"), "1");
  return { directory, outside };
}

function watched(options: { debounceMs?: number } = {}) {
  const { directory, outside } = place();
  const onChange = vi.fn<() => void>();
  const sources = [join(outside, "used.ts")];
  const watch = new SourceWatch({
    directory,
    sources: () => sources,
    loadedSince: LATER,
    onChange,
    debounceMs: NEVER_MS,
    pollMs: NEVER_MS,
    ...options,
  });
  onTestFinished(() => watch.close());
  const isStale = (): boolean => {
    onChange.mockClear();
    watch.check();
    return onChange.mock.calls.length > 0;
  };
  return { directory, outside, sources, watch, onChange, isStale };
}

describe("what was loaded", () => {
  test("is current until something happens", () => {
    const { isStale } = watched();
    expect([isStale(), isStale()]).toEqual([false, false]);
  });

  test.each<[what: string, change: (place: { directory: string; outside: string }) => void]>([
    ["a file is written", ({ directory }) => writeFileSync(join(directory, "a.ts"), "export const x = 1;")],
    ["a file is new", ({ directory }) => writeFileSync(join(directory, "b.ts"), "")],
    ["a file in a new directory is new", ({ directory }) => writeDeep(join(directory, "deep", "er", "b.ts"))],
    ["a file is gone", ({ directory }) => rmSync(join(directory, "a.ts"))],
    ["a file was put in another's place", ({ directory }) => replace(join(directory, "a.ts"), "export {};")],
    ["a bundled file elsewhere is written", ({ outside }) => writeFileSync(join(outside, "used.ts"), "3")],
    ["a bundled file elsewhere is gone", ({ outside }) => rmSync(outside, { recursive: true })],
  ])("is not when %s", (_what, change) => {
    const world = watched();
    change(world);
    expect(world.isStale()).toBe(true);
  });

  test("still is when generated code, an editor's copy or a neighbour of a bundled file is written", () => {
    const { directory, outside, isStale } = watched();
    writeFileSync(join(directory, "_generated", "api.js"), "// new");
    writeFileSync(join(directory, ".a.ts.swp"), "");
    writeFileSync(join(outside, "neighbour.ts"), "2");
    expect(isStale()).toBe(false);
  });

  test("is again, once it was loaded again", () => {
    const { directory, watch, isStale } = watched();
    writeFileSync(join(directory, "a.ts"), "export const x = 1;");
    watch.beginLoad()();
    expect(isStale()).toBe(false);
  });

  test("is not when something was written between the beginning of the first load and the watch", () => {
    const { directory } = place();
    const loadedSince = Date.now();
    writeFileSync(join(directory, "a.ts"), "export const x = 1;");
    const onChange = vi.fn<() => void>();
    const watch = new SourceWatch({ directory, sources: () => [], loadedSince, onChange, pollMs: NEVER_MS });
    onTestFinished(() => watch.close());
    watch.check();
    expect(onChange).toHaveBeenCalled();
  });
});

describe("a load during which something is written", () => {
  test.each<[what: string, file: (place: { directory: string; outside: string }) => string]>([
    ["a file of the app", ({ directory }) => join(directory, "a.ts")],
    ["a bundled file elsewhere", ({ outside }) => join(outside, "used.ts")],
    ["a new file", ({ directory }) => join(directory, "new.ts")],
  ])("%s is followed by another", (_what, file) => {
    const world = watched();
    const end = world.watch.beginLoad();
    writeFileSync(file(world), "export const written = 'meanwhile';");
    end();
    expect(world.onChange).toHaveBeenCalled();
  });

  test("a file that only this load found out about is followed by another", () => {
    const world = watched();
    const end = world.watch.beginLoad();
    const file = join(world.outside, "found.ts");
    writeFileSync(file, "1");
    world.sources.push(file);
    end();
    expect(world.onChange).toHaveBeenCalled();
  });

  test("what it failed to find is told when it comes", () => {
    const world = watched();
    const end = world.watch.beginLoad();
    const missing = join(world.outside, "missing.ts");
    world.sources.push(missing);
    end();
    expect(world.isStale()).toBe(false);
    writeFileSync(missing, "1");
    expect(world.isStale()).toBe(true);
  });
});

test("a load that finds out about files one by one is not followed by another, whenever somebody looks", () => {
  const world = watched();
  const end = world.watch.beginLoad();
  world.sources.push(join(world.outside, "missing.ts"));
  expect(world.isStale()).toBe(false);
  world.sources.length = 0;
  expect(world.isStale()).toBe(false);
  end();
  expect(world.onChange).not.toHaveBeenCalled();
});

describe("without being asked", () => {
  test("a change is told soon, by the system's events", async () => {
    const { directory, onChange } = watched({ debounceMs: 5 });
    writeFileSync(join(directory, "a.ts"), "export const x = 1;");
    await vi.waitFor(() => expect(onChange).toHaveBeenCalled());
  });

  test("nothing is told after it is closed", async () => {
    const first = watched({ debounceMs: 5 });
    const other = watched({ debounceMs: 5 });
    first.watch.close();
    writeFileSync(join(first.directory, "a.ts"), "export const late = 1;");
    writeFileSync(join(other.directory, "a.ts"), "export const seen = 1;");
    await vi.waitFor(() => expect(other.onChange).toHaveBeenCalled());
    expect(first.onChange).not.toHaveBeenCalled();
  });
});

test("one load at a time, and what changes during one is loaded after it", async () => {
  const { directory } = place();
  const file = join(directory, "a.ts");
  const loads: PromiseWithResolvers<void>[] = [];
  const options = { directory, sources: () => [], loadedSince: LATER, debounceMs: 5, pollMs: 20 };
  const reload = () => {
    const load = Promise.withResolvers<void>();
    loads.push(load);
    return load.promise;
  };
  onTestFinished(followChanges({ ...options, reload }));
  writeFileSync(file, "export const first = 1;");
  await vi.waitFor(() => expect(loads).toHaveLength(1));
  writeFileSync(file, "export const second = 2;");
  loads[0]?.resolve();
  await vi.waitFor(() => expect(loads).toHaveLength(2));
  loads[1]?.resolve();
  writeFileSync(file, "export const third = 3;");
  await vi.waitFor(() => expect(loads).toHaveLength(3));
});

test("no load begins after the end, though something changed during the last one", async () => {
  const { directory } = place();
  const loads: PromiseWithResolvers<void>[] = [];
  const reload = () => {
    const load = Promise.withResolvers<void>();
    loads.push(load);
    return load.promise;
  };
  const stop = followChanges({ directory, sources: () => [], loadedSince: LATER, debounceMs: 5, reload });
  onTestFinished(stop);
  writeFileSync(join(directory, "a.ts"), "export const first = 1;");
  await vi.waitFor(() => expect(loads).toHaveLength(1));
  writeFileSync(join(directory, "a.ts"), "export const late = 2;");
  stop();
  loads[0]?.resolve();
  await new Promise((resolve) => setImmediate(resolve));
  expect(loads).toHaveLength(1);
});

function writeDeep(file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, "");
}

function replace(file: string, text: string): void {
  writeFileSync(`${file}~`, text);
  renameSync(`${file}~`, file);
}
