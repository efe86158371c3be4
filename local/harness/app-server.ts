import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { z } from "zod";

/** Answers a request by its path, as Next would let a route do. */
export type Route = (request: Request, path: string) => Promise<Response>;

/** Serves route functions over real HTTP, on a free port of this machine. */
export async function serveApp(route: Route): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((incoming, outgoing) => {
    answer(route, incoming, outgoing).catch(() => outgoing.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = z.object({ port: z.number() }).parse(server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(route: Route, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
  const path = incoming.url ?? "/";
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) headers.set(name, String(value));
  const method = incoming.method ?? "GET";
  const request = new Request(`http://127.0.0.1${path}`, { method, headers, body: Buffer.concat(chunks) });
  const response = await route(request, path);
  outgoing.writeHead(response.status, { "content-type": "application/json" });
  outgoing.end(await response.text());
}
