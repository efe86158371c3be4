import { createServer, type Server } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { claimPort } from "./ports.ts";

let busy: Server | null = null;
afterEach(() => busy?.close());

describe("claiming a port", () => {
  it("gives a free one for 0", async () => {
    expect(await claimPort(0, { what: "the app", variable: "PORT" })).toBeGreaterThan(1023);
  });

  it("gives the wanted one when it is free", async () => {
    const port = await claimPort(0, { what: "the app", variable: "PORT" });
    expect(await claimPort(port, { what: "the app", variable: "PORT" })).toBe(port);
  });

  it("says who needs a busy one and what to set", async () => {
    const port = await claimPort(0, { what: "the app", variable: "PORT" });
    busy = createServer();
    await new Promise<void>((resolve) => busy?.listen(port, "127.0.0.1", resolve));
    await expect(claimPort(port, { what: "the app", variable: "PORT" })).rejects.toThrow(
      `Port ${port} is busy, and the app needs it. Stop what uses it, or start with PORT=0`,
    );
  });
});
