import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { makeDirectory } from "./test-directory.ts";
import { watchApp } from "./watch.ts";

function watched() {
  const directory = makeDirectory({ "a.ts": "export {};", "_generated/api.js": "" });
  const outside = join(dirname(directory), "lib");
  mkdirSync(outside);
  writeFileSync(join(outside, "used.ts"), "1");
  const onChange = vi.fn<() => void>();
  const stop = watchApp({ directory, sources: [join(outside, "used.ts")], onChange, debounceMs: 5 });
  onTestFinished(stop);
  return { directory, outside, onChange, stop };
}

test("a burst of changes in the directory is told once", async () => {
  const { directory, onChange } = watched();
  for (let index = 0; index < 5; index++) writeFileSync(join(directory, "a.ts"), `export const x = ${index};`);
  await vi.waitFor(() => expect(onChange).toHaveBeenCalledOnce());
});

test("a new file in a new directory is told", async () => {
  const { directory, onChange } = watched();
  mkdirSync(join(directory, "deep"));
  await vi.waitFor(() => expect(onChange).toHaveBeenCalled());
  onChange.mockClear();
  writeFileSync(join(directory, "deep", "b.ts"), "export {};");
  await vi.waitFor(() => expect(onChange).toHaveBeenCalled());
});

test("a bundled file elsewhere is told, its neighbours and generated code are not", async () => {
  const { directory, outside, onChange } = watched();
  writeFileSync(join(outside, "neighbour.ts"), "2");
  writeFileSync(join(directory, "_generated", "api.js"), "// new");
  writeFileSync(join(outside, "used.ts"), "3");
  await vi.waitFor(() => expect(onChange).toHaveBeenCalledOnce());
});

test("nothing is told after it is stopped", async () => {
  const { directory, onChange, stop } = watched();
  const other = watched();
  stop();
  writeFileSync(join(directory, "a.ts"), "export const late = 1;");
  writeFileSync(join(other.directory, "a.ts"), "export const seen = 1;");
  await vi.waitFor(() => expect(other.onChange).toHaveBeenCalled());
  expect(onChange).not.toHaveBeenCalled();
});
