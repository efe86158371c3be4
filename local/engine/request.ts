import { randomUUID } from "node:crypto";
import type { Origin } from "./types.ts";

/** What a call was made for: shared by all that it calls itself. */
export type CallRequest = Origin & {
  /** 16 hex digits, as production shows them beside an error. */
  requestId: string;
};

const NOWHERE: Origin = { ip: null, userAgent: null, authToken: null };

/** Without an origin: for what the engine runs by itself. */
export function newRequest(origin: Origin = NOWHERE): CallRequest {
  return { ...origin, requestId: newRequestId() };
}

export function newRequestId(): string {
  const uuid = randomUUID();
  return uuid.slice(19, 23) + uuid.slice(24);
}
