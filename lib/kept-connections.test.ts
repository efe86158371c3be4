import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { Socket } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { fetchOverKeptConnections } from "./kept-connections.ts";

const PATIENT_MS = 10_000;

it("sends method, headers and text, and gives status and text of the answer", async () => {
  const { url } = await serve((request, response) => {
    const chunks: string[] = [];
    request.setEncoding("utf8").on("data", (chunk: string) => chunks.push(chunk));
    request.on("end", () => {
      response.writeHead(560, { "content-type": "application/json" });
      const { method, url: path, headers } = request;
      response.end(JSON.stringify({ method, path, authorization: headers.authorization, said: chunks.join("") }));
    });
  });
  const answer = await fetchOverKeptConnections(PATIENT_MS)(`${url}/api/mutation`, {
    method: "POST",
    headers: { Authorization: "Bearer token" },
    body: "ação",
  });
  expect([answer.ok, answer.status, answer.headers.get("content-type")]).toEqual([false, 560, "application/json"]);
  const seen = { method: "POST", path: "/api/mutation", authorization: "Bearer token", said: "ação" };
  expect(await answer.json()).toEqual(seen);
});

it("takes an answer without a body", async () => {
  const { url } = await serve((_request, response) => response.writeHead(204).end());
  const answer = await fetchOverKeptConnections(PATIENT_MS)(new URL(url));
  expect([answer.status, await answer.text()]).toEqual([204, ""]);
});

it("uses one connection for calls that follow each other", async () => {
  const { url, sockets } = await serve((_request, response) => response.end("ok"));
  for (let n = 0; n < 3; n++) expect(await (await fetchOverKeptConnections(PATIENT_MS)(url)).text()).toBe("ok");
  expect(sockets.size).toBe(1);
});

it("rejects when no answer comes in time, or half of one", async () => {
  const silent = await serve(() => undefined);
  await expect(fetchOverKeptConnections(20)(silent.url)).rejects.toThrow("aborted");
  const halting = await serve((_request, response) => void response.writeHead(200).write("half"));
  await expect(fetchOverKeptConnections(100)(halting.url)).rejects.toThrow("aborted");
});

it("rejects when the server is gone, or leaves in the middle of its answer", async () => {
  const { url } = await serve((_request, response) => {
    response.writeHead(200, { "content-length": "10" }).write("half");
    setImmediate(() => response.destroy());
  });
  await expect(fetchOverKeptConnections(PATIENT_MS)(url)).rejects.toThrow("aborted");
  await expect(fetchOverKeptConnections(PATIENT_MS)("http://127.0.0.1:1")).rejects.toThrow("ECONNREFUSED");
});

it("refuses what it would not send faithfully", async () => {
  const send = fetchOverKeptConnections(PATIENT_MS);
  await expect(send("http://127.0.0.1:1", { method: "POST", body: new Uint8Array(1) })).rejects.toThrow(TypeError);
  await expect(send(new Request("http://127.0.0.1:1"))).rejects.toThrow(TypeError);
});

async function serve(listener: RequestListener): Promise<{ url: string; sockets: Set<Socket> }> {
  const server = createServer(listener);
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => sockets.add(socket));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port");
  return { url: `http://127.0.0.1:${address.port}`, sockets };
}
