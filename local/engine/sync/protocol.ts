/**
 * The wire format of the sync protocol, both directions. What a client sends is hostile until it has passed
 * `parseClientFrame`; what we send is assembled as text, because results already are JSON text.
 */
import { parseFunctionPath } from "../functions/addresses.ts";
import { asObject } from "../json.ts";
import type { ActionResult, Json, JsonObject, MutationResult } from "../types.ts";

/** The client broke the protocol: it is told so and not asked to try again. */
export class ProtocolError extends Error {
  override readonly name = "ProtocolError";
}

export type Token =
  | { kind: "None" }
  | { kind: "User"; value: string }
  | { kind: "Admin"; value: string; actingAs: JsonObject | null };

/** A function as a client names it; `component` is "" for the app. */
export type Target = { component: string; path: string; args: Json };

export type QueryChange =
  | { type: "Add"; queryId: number; target: Target; journal: string | null }
  | { type: "Remove"; queryId: number };

export type ClientFrame =
  | {
      type: "Connect";
      sessionId: string;
      maxObservedTimestamp: bigint | null;
      clientTimeMs: number | null;
    }
  | { type: "Authenticate"; baseVersion: number; token: Token }
  | {
      type: "ModifyQuerySet";
      baseVersion: number;
      newVersion: number;
      modifications: QueryChange[];
    }
  | { type: "Mutation"; requestId: number; target: Target }
  | { type: "Action"; requestId: number; target: Target }
  | { type: "Event" };

/** What a socket has been told: every Transition starts where the one before it ended. */
export type StateVersion = { querySet: number; timestamp: bigint; identity: number };

/** Throws `ProtocolError` for anything that is not a frame of the protocol. */
export function parseClientFrame(text: string): ClientFrame {
  const frame = objectOf(parseJson(text), "message");
  const type = stringOf(frame, "type");
  switch (type) {
    case "Connect":
      return parseConnect(frame);
    case "Authenticate":
      return { type, baseVersion: countOf(frame, "baseVersion"), token: parseToken(frame) };
    case "ModifyQuerySet":
      return parseModifyQuerySet(frame);
    case "Mutation":
    case "Action":
      return { type, requestId: countOf(frame, "requestId"), target: parseTarget(frame) };
    case "Event":
      return { type };
    default:
      throw invalid(`unknown variant ${JSON.stringify(type)}`);
  }
}

/** A u64 as base64 of its 8 little-endian bytes. */
export function encodeTimestamp(timestamp: bigint): string {
  timestampBytes.writeBigUInt64LE(timestamp);
  return timestampBytes.toString("base64");
}

/** Written and read by one call at a time: a Transition says two timestamps, and each would cost a buffer. */
const timestampBytes = Buffer.alloc(8);

/** Throws `ProtocolError` unless the text is exactly 8 bytes of base64. */
export function decodeTimestamp(text: string): bigint {
  const bytes = Buffer.from(text, "base64");
  if (bytes.length !== 8 || bytes.toString("base64") !== text) throw invalid("a timestamp must be 8 bytes of base64");
  return bytes.readBigUInt64LE();
}

/** `clockSkewMs` is how far the client's clock ran ahead of ours when it connected. */
export function encodeTransition(transition: {
  start: StateVersion;
  end: StateVersion;
  modifications: readonly string[];
  clockSkewMs: number | null;
}): string {
  const { start, end, modifications, clockSkewMs } = transition;
  const skew = clockSkewMs === null ? "" : `,"clientClockSkew":${clockSkewMs}`;
  return (
    `{"type":"Transition","startVersion":${encodeVersion(start)},"endVersion":${encodeVersion(end)},` +
    `"modifications":[${modifications.join(",")}]${skew}}`
  );
}

export function encodeMutationResponse(requestId: number, result: MutationResult): string {
  if (!result.ok) return encodeFailure("MutationResponse", requestId, result);
  return (
    `{"type":"MutationResponse","requestId":${requestId},"success":true,"result":${result.value},` +
    `"ts":"${encodeTimestamp(result.timestamp)}","logLines":${JSON.stringify(result.logLines)}}`
  );
}

export function encodeActionResponse(requestId: number, result: ActionResult): string {
  if (!result.ok) return encodeFailure("ActionResponse", requestId, result);
  return (
    `{"type":"ActionResponse","requestId":${requestId},"success":true,"result":${result.value},` +
    `"logLines":${JSON.stringify(result.logLines)}}`
  );
}

/** `baseVersion` is the identity version that the socket still has. */
export function encodeAuthError(error: string, baseVersion: number, authUpdateAttempted: boolean): string {
  return JSON.stringify({ type: "AuthError", error, baseVersion, authUpdateAttempted });
}

export function encodeFatalError(error: string): string {
  return JSON.stringify({ type: "FatalError", error });
}

export const PING_FRAME = `{"type":"Ping"}`;

/** Above this many characters a Transition travels in pieces, which must follow each other with nothing in between. */
const LARGEST_FRAME = 5_000_000;
const CHUNK_SIZE = 4_000_000;

/** The frames that carry one Transition: itself, or the TransitionChunks that add up to it. */
export function splitTransition(transition: string, transitionId: string): string[] {
  if (transition.length <= LARGEST_FRAME) return [transition];
  const totalParts = Math.ceil(transition.length / CHUNK_SIZE);
  return Array.from({ length: totalParts }, (_, partNumber) =>
    JSON.stringify({
      type: "TransitionChunk",
      chunk: transition.slice(partNumber * CHUNK_SIZE, (partNumber + 1) * CHUNK_SIZE),
      partNumber,
      totalParts,
      transitionId,
    }),
  );
}

function encodeVersion({ querySet, timestamp, identity }: StateVersion): string {
  return `{"querySet":${querySet},"ts":"${encodeTimestamp(timestamp)}","identity":${identity}}`;
}

function encodeFailure(
  type: "MutationResponse" | "ActionResponse",
  requestId: number,
  failure: Extract<ActionResult, { ok: false }>,
): string {
  const { errorMessage: result, errorData, logLines } = failure;
  return JSON.stringify({ type, requestId, success: false, result, errorData, logLines });
}

function parseConnect(frame: JsonObject): ClientFrame {
  const observed = frame["maxObservedTimestamp"];
  const clientTs = frame["clientTs"];
  return {
    type: "Connect",
    sessionId: stringOf(frame, "sessionId"),
    maxObservedTimestamp: observed == null ? null : decodeTimestamp(stringOf(frame, "maxObservedTimestamp")),
    clientTimeMs: typeof clientTs === "number" && Number.isFinite(clientTs) ? Math.round(clientTs) : null,
  };
}

function parseToken(frame: JsonObject): Token {
  const kind = stringOf(frame, "tokenType");
  switch (kind) {
    case "None":
      return { kind };
    case "User":
      return { kind, value: stringOf(frame, "value") };
    case "Admin": {
      const actingAs = frame["impersonating"] ?? frame["actingAs"];
      return {
        kind,
        value: stringOf(frame, "value"),
        actingAs: actingAs == null ? null : objectOf(actingAs, "impersonating"),
      };
    }
    default:
      throw invalid(`unknown tokenType ${JSON.stringify(kind)}`);
  }
}

function parseModifyQuerySet(frame: JsonObject): ClientFrame {
  const modifications = frame["modifications"];
  if (!Array.isArray(modifications)) throw invalid("modifications must be an array");
  return {
    type: "ModifyQuerySet",
    baseVersion: countOf(frame, "baseVersion"),
    newVersion: countOf(frame, "newVersion"),
    modifications: modifications.map((modification) => parseQueryChange(objectOf(modification, "modification"))),
  };
}

function parseQueryChange(change: JsonObject): QueryChange {
  const type = stringOf(change, "type");
  const queryId = countOf(change, "queryId");
  if (type === "Remove") return { type, queryId };
  if (type !== "Add") throw invalid(`unknown modification ${JSON.stringify(type)}`);
  const journal = change["journal"] == null ? null : stringOf(change, "journal");
  return { type, queryId, target: parseTarget(change), journal };
}

function parseTarget(frame: JsonObject): Target {
  const args = frame["args"];
  if (!Array.isArray(args) || args.length > 1) throw invalid("args must be an array of one object");
  return {
    component: frame["componentPath"] == null ? "" : stringOf(frame, "componentPath"),
    path: parseFunctionPath(stringOf(frame, "udfPath")),
    args: objectOf(args[0] ?? {}, "args"),
  };
}

function parseJson(text: string): Json {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalid(error instanceof Error ? error.message : "not JSON");
  }
}

function objectOf(value: Json, what: string): JsonObject {
  const object = asObject(value);
  if (object === null) throw invalid(`${what} must be an object`);
  return object;
}

function stringOf(object: JsonObject, key: string): string {
  const value = object[key];
  if (typeof value !== "string") throw invalid(`${key} must be a string`);
  return value;
}

/** Versions and identifiers are u32 in the protocol. */
function countOf(object: JsonObject, key: string): number {
  const value = object[key];
  if (typeof value !== "number" || !Number.isInteger(value) || value < 0 || value > 0xffff_ffff) {
    throw invalid(`${key} must be a whole number`);
  }
  return value;
}

function invalid(reason: string): ProtocolError {
  return new ProtocolError(`Received Invalid JSON on websocket: ${reason}`);
}
