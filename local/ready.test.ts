import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findRunning, removeReady, writeReady, type Ready } from "./ready.ts";

const READY: Ready = {
  pid: process.pid,
  startedAt: "2026-01-02T03:04:05.000Z",
  app: "http://127.0.0.1:3000",
  convex: "http://127.0.0.1:3210",
  convexSite: "http://127.0.0.1:3211",
  emulators: {},
  organizations: [],
};
const NO_SUCH_PID = 2 ** 22 + 1; // above the kernel's highest

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "qify-ready-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

describe("ready.json", () => {
  it("is there whole or not at all", () => {
    writeReady(directory, READY);
    expect(readdirSync(directory)).toEqual(["ready.json"]);
    expect(JSON.parse(readFileSync(join(directory, "ready.json"), "utf8"))).toEqual(READY);
  });

  it("finds the world that runs", () => {
    writeReady(directory, READY);
    expect(findRunning(directory)).toEqual(READY);
  });

  it("does not take a killed world's file for a running one", () => {
    writeReady(directory, { ...READY, pid: NO_SUCH_PID });
    expect(findRunning(directory)).toBeNull();
  });

  it("is gone after the end, however often that is said", () => {
    writeReady(directory, READY);
    removeReady(directory);
    removeReady(directory);
    expect(findRunning(directory)).toBeNull();
  });
});
