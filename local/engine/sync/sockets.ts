/** Where sessions meet real sockets. */
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocket, WebSocketServer } from "ws";
import type { Authenticator } from "../auth/caller.ts";
import { peerOf } from "../http/peer.ts";
import type { Clock, EngineCalls } from "../types.ts";
import { Departures } from "./departures.ts";
import { FlushQueue } from "./flush-queue.ts";
import type { Transport } from "./outbox.ts";
import { Reactor } from "./reactor.ts";
import { Session } from "./session.ts";

export type SyncSockets = {
  /** Takes over an upgrade request; a path that is not the protocol's gets its connection ended. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** How many sockets are open, and what is watched over them. */
  watched(): { sockets: number; queries: ReturnType<Reactor["list"]> };
  /** Ends every connection; clients come back by themselves. */
  close(): void;
};

const SYNC_PATH = /^\/api\/(?:[^/]+\/)?sync$/;
const TICK_MS = 5_000;
/** How long sockets are brought up to date before they are read again. */
const FLUSH_SLICE_MS = 2;
/** A frame holds one call, whose arguments may be 16 MiB. */
const LARGEST_FRAME_BYTES = 20 * 1024 * 1024;
const CLOSE_GOING_AWAY = 1001;

export function createSyncSockets(options: {
  engine: EngineCalls;
  authenticator: Authenticator;
  clock: Clock;
  report: (fault: unknown) => void;
}): SyncSockets {
  const defer = (task: () => void): void => void setImmediate(task);
  const reactor = new Reactor(options.engine);
  const flushes = new FlushQueue<Session>({
    flush: (session) => session.flush(),
    defer,
    sliceMs: FLUSH_SLICE_MS,
    now: () => performance.now(),
  });
  const context = { ...options, reactor, flushes, defer };
  const departures = new Departures();
  const server = new WebSocketServer({ noServer: true, maxPayload: LARGEST_FRAME_BYTES });
  const sessions = new Set<Session>();
  const ticking = setInterval(() => sessions.forEach((session) => session.tick()), TICK_MS);
  ticking.unref();

  function open(socket: WebSocket, request: IncomingMessage): void {
    const session = new Session(toTransport(socket, departures), context, peerOf(request));
    sessions.add(session);
    socket.on("message", (bytes, isBinary) => session.receive(isBinary ? "" : textOf(bytes)));
    socket.on("pong", () => session.hear());
    // ws closes the socket by itself after an error; without a listener the error would end the process.
    socket.on("error", () => session.close());
    socket.on("close", () => {
      session.close();
      sessions.delete(session);
    });
  }

  return {
    upgrade(request, socket, head) {
      // Not parsed as a URL: a target such as `//` is none, and a request must not end the process.
      const [path = ""] = (request.url ?? "").split("?");
      if (SYNC_PATH.test(path)) return server.handleUpgrade(request, socket, head, open);
      socket.on("error", () => socket.destroy());
      socket.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    },
    watched: () => ({ sockets: sessions.size, queries: reactor.list() }),
    close() {
      clearInterval(ticking);
      reactor.close();
      for (const client of server.clients) {
        client.close(CLOSE_GOING_AWAY, "ServerClosing");
        client.terminate();
      }
      server.close();
    },
  };
}

function toTransport(socket: WebSocket, departures: Departures): Transport {
  return {
    send: (text, onWritten) => departures.add(() => socket.send(text, () => onWritten())),
    bufferedAmount: () => socket.bufferedAmount,
    pauseReading: () => socket.pause(),
    resumeReading: () => socket.resume(),
    ping: () => {
      if (socket.readyState === WebSocket.OPEN) socket.ping();
    },
    close: (code, reason) => departures.add(() => socket.close(code, reason)),
    terminate: () => socket.terminate(),
  };
}

function textOf(bytes: Buffer | ArrayBuffer | Buffer[]): string {
  if (Array.isArray(bytes)) return Buffer.concat(bytes).toString();
  return Buffer.isBuffer(bytes) ? bytes.toString() : Buffer.from(bytes).toString();
}
