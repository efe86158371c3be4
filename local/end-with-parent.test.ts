import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, it } from "vitest";

const LEASH = new URL("./end-with-parent.ts", import.meta.url).href;

it("a program with the leash does not outlive a parent that is killed", async () => {
  const program = `process.send("up"); setInterval(() => {}, 1000)`;
  const parent = spawn(process.execPath, ["-e", parentOf(program)], { stdio: ["ignore", "pipe", "inherit"] });
  const [printed] = await once(parent.stdout.setEncoding("utf8"), "data");
  const pid = Number(printed);
  expect(isAlive(pid)).toBe(true);
  parent.kill("SIGKILL");
  await expect.poll(() => isAlive(pid), { timeout: 5000 }).toBe(false);
});

function parentOf(program: string): string {
  return `
    const { spawn } = require("node:child_process");
    const args = ["--import", ${JSON.stringify(LEASH)}, "-e", ${JSON.stringify(program)}];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "ignore", "ipc"], detached: true });
    child.once("message", () => console.log(child.pid));
  `;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
