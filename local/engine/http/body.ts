import type { IncomingMessage } from "node:http";
import { asObject } from "../json.ts";
import type { Json, JsonObject } from "../types.ts";
import { HttpFailure } from "./answers.ts";

/** What a request may say, files apart: as much as one call may take, and some room around it. */
export const BODY_LIMIT_BYTES = 20 * 1024 * 1024;

/**
 * Reads a request's body; rejects with status 413 as soon as more than `limitBytes` is announced or arrives, with 400
 * when the peer leaves before its end.
 */
export async function readBody(request: IncomingMessage, limitBytes: number): Promise<Buffer<ArrayBuffer>> {
  if (Number(request.headers["content-length"] ?? 0) > limitBytes) throw tooLarge(limitBytes);
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      const bytes = Buffer.from(chunk);
      size += bytes.length;
      if (size > limitBytes) throw tooLarge(limitBytes);
      chunks.push(bytes);
    }
  } catch (error) {
    if (error instanceof HttpFailure) throw error;
    throw new HttpFailure(400, "BadRequest", "The request's body ended too soon");
  }
  return Buffer.concat(chunks);
}

/** The body of a request, which must be a JSON object; rejects with status 400 when it is not. */
export async function readJsonObject(request: IncomingMessage): Promise<JsonObject> {
  const body = await readBody(request, BODY_LIMIT_BYTES);
  return requireObject(parseJsonBody(body.toString()), "the request body");
}

/** Throws a failure with status 400 when the text is not JSON. */
export function parseJsonBody(text: string): Json {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : "not JSON";
    throw new HttpFailure(400, "BadJsonBody", `Request body is not valid JSON: ${reason}`);
  }
}

/** `what` is the part of the body that must be an object; throws a failure with status 400 when it is not. */
export function requireObject(value: Json, what: string): JsonObject {
  const object = asObject(value);
  if (object !== null) return object;
  throw badBody(`${what} must be an object`);
}

export function badBody(reason: string): HttpFailure {
  return new HttpFailure(400, "BadJsonBody", `Request body is not as expected: ${reason}`);
}

function tooLarge(limitBytes: number): HttpFailure {
  return new HttpFailure(413, "PayloadTooLarge", `The request body is larger than ${limitBytes} bytes`);
}
