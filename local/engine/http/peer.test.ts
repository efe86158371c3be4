import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { expect, it, onTestFinished } from "vitest";
import { peerOf } from "./peer.ts";

async function ask(headers: Record<string, string>) {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  const { promise, resolve } = Promise.withResolvers<IncomingMessage>();
  server.on("request", (request, response) => {
    resolve(request);
    response.end();
  });
  await fetch(`http://127.0.0.1:${port}`, { headers });
  return peerOf(await promise);
}

it("is who connected, whatever a header claims about others", async () => {
  const headers = { "user-agent": "a test", "x-forwarded-for": "10.0.0.1", forwarded: "for=10.0.0.1" };
  expect(await ask(headers)).toEqual({ ip: "127.0.0.1", userAgent: "a test" });
});
