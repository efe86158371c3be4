import { connect, type Socket } from "node:net";
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { HttpFailure } from "./answers.ts";
import { parseJsonBody, readBody } from "./body.ts";
import { listen } from "./test-listener.ts";

const LIMIT_BYTES = 10;
const TOO_LARGE = new HttpFailure(413, "PayloadTooLarge", "The request body is larger than 10 bytes");
const CUT_OFF = new HttpFailure(400, "BadRequest", "The request's body ended too soon");

/** `heard` is what the peer was answered so far. */
type Started = { peer: Socket; outcome: Promise<string | HttpFailure>; heard: () => string };

/** What `readBody` makes of a request whose text the test writes, in as many pieces as it likes. */
async function startRequest(head: string): Promise<Started> {
  const { promise: outcome, resolve, reject } = Promise.withResolvers<string | HttpFailure>();
  const port = await listen((request, response) => {
    readBody(request, LIMIT_BYTES)
      .then(
        (body) => resolve(body.toString("latin1")),
        (error: unknown) => (error instanceof HttpFailure ? resolve(error) : reject(error)),
      )
      .finally(() => {
        request.resume();
        response.end("the answer");
      });
  });
  const peer = connect(port, "127.0.0.1");
  onTestFinished(() => void peer.destroy());
  let heard = "";
  peer.on("error", () => undefined).on("data", (bytes) => (heard += String(bytes)));
  peer.write(`POST / HTTP/1.1\r\nhost: test\r\n${head}\r\n\r\n`);
  return { peer, outcome, heard: () => heard };
}

/** One piece of a chunked body; an empty one ends it. */
const chunk = (text: string): string => `${text.length.toString(16)}\r\n${text}\r\n`;

describe("a request's body", () => {
  test.each([
    ["of no bytes", "content-length: 0", "", ""],
    ["of fewer bytes than may be", "content-length: 3", "abc", "abc"],
    ["of just as many bytes as may be", "content-length: 10", "0123456789", "0123456789"],
    ["in pieces", "transfer-encoding: chunked", ["0", "12", "34", ""].map(chunk).join(""), "01234"],
    [
      "in pieces up to the limit",
      "transfer-encoding: chunked",
      ["01234", "56789", ""].map(chunk).join(""),
      "0123456789",
    ],
    ["of bytes that are no text", "content-length: 3", "\u0000\u00ff\r", "\u0000\u00ff\r"],
    ["without a length", "connection: close", "", ""],
  ])("%s arrives whole", async (_what, head, sent, expected) => {
    const { peer, outcome } = await startRequest(head);
    peer.write(Buffer.from(sent, "latin1"));
    expect(await outcome).toBe(expected);
  });

  test("that is announced as too large is refused before any of it came", async () => {
    const { outcome, heard } = await startRequest("content-length: 11");
    expect(await outcome).toEqual(TOO_LARGE);
    await expect.poll(heard).toContain("the answer");
  });

  test("that grows too large is refused with the byte that is too many, and leaves a line that can be used", async () => {
    const { peer, outcome, heard } = await startRequest("transfer-encoding: chunked");
    peer.write(["012345", "67890"].map(chunk).join(""));
    expect(await outcome).toEqual(TOO_LARGE);
    peer.write(["x".repeat(2_000_000), ""].map(chunk).join(""));
    peer.write("GET / HTTP/1.1\r\nhost: test\r\n\r\n");
    await expect.poll(() => heard().split("the answer")).toHaveLength(3);
  });

  test.each([
    ["of known length", "content-length: 10", "01234"],
    ["in pieces", "transfer-encoding: chunked", chunk("01234")],
  ])("%s whose sender leaves is the sender's fault", async (_what, head, sent) => {
    const { peer, outcome } = await startRequest(head);
    peer.write(sent, () => void peer.destroy());
    expect(await outcome).toEqual(CUT_OFF);
  });
});

describe("a body of JSON", () => {
  test("is what it says", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        expect(JSON.stringify(parseJsonBody(text))).toBe(text);
      }),
    );
  });

  test.each(["", "{", "undefined", "{'a':1}", "[1,]", "\u0000", "1 2"])("%j is none, and told why", (text) => {
    const parse = () => parseJsonBody(text);
    expect(parse).toThrow(HttpFailure);
    expect(parse).toThrow(expect.objectContaining({ status: 400, code: "BadJsonBody" }));
    expect(parse).toThrow(/^Request body is not valid JSON: .+/);
  });
});
