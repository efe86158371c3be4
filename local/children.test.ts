import { connect } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Children } from "./children.ts";

let children: Children;
beforeEach(() => {
  children = new Children({ patienceMs: 200 });
});
afterEach(() => children.stopAll());

function start(script: string, onLine?: (line: string) => void) {
  const environment = { PATH: process.env.PATH };
  return children.start({ name: "probe", args: ["-e", script], environment, ...(onLine ? { onLine } : {}) });
}

describe("the children of a local world", () => {
  it("hands on a child's first message", async () => {
    const child = start(`process.send({ url: "here" }); setInterval(() => {}, 1000)`);
    expect(await child.firstMessage).toEqual({ url: "here" });
  });

  it("shows the last words of a child that dies by itself", async () => {
    start(`console.error("the disk is full"); process.exit(3)`);
    await expect(children.failure).rejects.toThrow(/probe ended with code 3[^]*the disk is full/);
  });

  it("leaves no grandchild behind", async () => {
    const printed = new Promise<string>((resolve) => {
      start(
        `const { spawn } = require("node:child_process");
         const serve = "const s = require('node:net').createServer().listen(0, '127.0.0.1', () => console.log(s.address().port))";
         spawn(process.execPath, ["-e", serve], { stdio: "inherit" });`,
        resolve,
      );
    });
    const port = Number(await printed);
    expect(await answers(port)).toBe(true);
    await children.stopAll();
    await expect.poll(() => answers(port)).toBe(false);
  });

  it("makes a child that will not stop", async () => {
    const child = start(`process.on("SIGTERM", () => {}); process.send("up"); setInterval(() => {}, 1000)`);
    await child.firstMessage;
    await expect(children.stopAll()).resolves.toBeUndefined();
  });

  it("is quiet about children that were asked to stop", async () => {
    const child = start(`process.send("up"); setInterval(() => {}, 1000)`);
    await child.firstMessage;
    await children.stopAll();
    const outcome = await Promise.race([children.failure.catch(() => "failed"), Promise.resolve("quiet")]);
    expect(outcome).toBe("quiet");
  });
});

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}
