import type { IncomingMessage } from "node:http";
import type { Origin } from "../types.ts";

/** Who is at the other end of a connection. Nothing stands in between that could be asked who is behind it. */
export function peerOf({ socket, headers }: IncomingMessage): Pick<Origin, "ip" | "userAgent"> {
  return { ip: socket.remoteAddress ?? null, userAgent: headers["user-agent"] ?? null };
}
