import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { LongCallWatch } from "./long-call-watch.ts";

let directory = "";
let output = 0;
let watch: LongCallWatch;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "qify-long-calls-"));
  output = openSync(join(directory, "said"), "a");
  watch = new LongCallWatch({ afterMs: 20, output });
});
afterEach(async () => {
  await watch.close();
  closeSync(output);
  rmSync(directory, { recursive: true });
});

const said = () => readFileSync(join(directory, "said"), "utf8");

/** Holds the thread as a function does that does not end; only the other thread can speak meanwhile. */
function holdUntil(isOver: () => boolean): void {
  const end = performance.now() + 10_000;
  while (!isOver() && performance.now() < end);
}

describe("a call that holds the thread", () => {
  it("is named while it runs, once", () => {
    watch.begin("messages:list");
    holdUntil(() => said() !== "");
    expect(said()).toBe(
      "messages:list [WARN] It has been running for more than 0.02 s, and nothing else runs meanwhile.\n",
    );
    const before = performance.now();
    holdUntil(() => performance.now() - before > 100);
    watch.end();
    expect(said().split("\n")).toHaveLength(2);
  });

  it("is named each time, by its whole name as far as there is room", () => {
    for (const name of ["façade:größe", "x".repeat(2_000)]) {
      const before = said().length;
      watch.begin(name);
      holdUntil(() => said().length > before);
      watch.end();
      expect(said().slice(before)).toMatch(name.startsWith("x") ? /^x{512} \[WARN\]/ : /^façade:größe \[WARN\]/);
    }
  });
});

it("calls that end are not named, however many they are", () => {
  const before = performance.now();
  holdUntil(() => {
    watch.begin("messages:list");
    watch.end();
    return performance.now() - before > 150;
  });
  expect(said()).toBe("");
});
