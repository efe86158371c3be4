import { describe, expect, it } from "vitest";
import { DeveloperError, SyscallError } from "./errors.ts";
import {
  asSyscallError,
  errorFromOutcome,
  ExecutionError,
  ownFailure,
  PresentedError,
  presentFailure,
  toExecutionError,
} from "./failures.ts";
import { HttpActionError } from "./runtime/failure.ts";

const REQUEST = /^\[Request ID: [0-9a-f]{16}\] Server Error/;

const REQUEST_ID = "0123456789abcdef";

const present = (error: ExecutionError, logLines: string[], redact: boolean) =>
  presentFailure(error, { logLines, redact, requestId: REQUEST_ID });

/** What a cause becomes, and what was reported of it. */
function convert(cause: unknown) {
  const reported: unknown[] = [];
  const error = toExecutionError(cause, (fault) => reported.push(fault));
  return { text: error.message, data: error.data, reported };
}

describe("a function's own failure", () => {
  it.each([
    [
      { message: "boom", stack: "    at f (../convex/a.ts:1:2)" },
      "Uncaught Error: boom\n    at f (../convex/a.ts:1:2)",
    ],
    [{ message: "TypeError: no", stack: "" }, "Uncaught TypeError: no"],
    [{ message: "Returned promise will never resolve" }, "Returned promise will never resolve"],
    [{ message: '{"code":"full"}', stack: "", data: '{"code":"full"}' }, 'Uncaught ConvexError: {"code":"full"}'],
  ])("%j is told as production tells it", (outcome, text) => {
    expect(errorFromOutcome({ ok: false, ...outcome }).message).toBe(text);
  });

  it("carries the data of a ConvexError as values", () => {
    expect(errorFromOutcome({ ok: false, message: "x", stack: "", data: '{"n":[1]}' }).data).toEqual({ n: [1] });
    expect(errorFromOutcome({ ok: false, message: "x", stack: "", data: "null" }).data).toBeNull();
    expect(errorFromOutcome({ ok: false, message: "x", stack: "" }).data).toBeUndefined();
  });
});

describe("whatever stops a call", () => {
  it("is the developer's or the caller's: told, and not reported", () => {
    expect(convert(new DeveloperError("wrong"))).toEqual({ text: "wrong", data: undefined, reported: [] });
    expect(convert(new SyscallError("nested", { a: 1 }))).toEqual({ text: "nested", data: { a: 1 }, reported: [] });
    const same = new ExecutionError("same", 7);
    expect(toExecutionError(same, () => expect.unreachable())).toBe(same);
    expect(ownFailure(same)).toBe(same);
    const ofHttp = new HttpActionError({ ok: false, message: "gone", stack: "" });
    expect(convert(ofHttp)).toEqual({ text: "Uncaught Error: gone", data: undefined, reported: [] });
  });

  it.each([
    [new RangeError("disk full"), "InternalServerError: disk full"],
    ["thrown text", "InternalServerError"],
    [undefined, "InternalServerError"],
  ])("or is a fault of the engine: %s is reported, as it is", (fault, text) => {
    expect(convert(fault)).toEqual({ text, data: undefined, reported: [fault] });
    expect(ownFailure(fault)).toBeNull();
  });

  it("reaches a nested caller as something to catch, unless it is a fault", () => {
    expect(asSyscallError(new ExecutionError("inner", { a: 1 }))).toEqual(new SyscallError("inner", { a: 1 }));
    const fault = new Error("disk full");
    expect(asSyscallError(fault)).toBe(fault);
  });
});

describe("what a client is shown", () => {
  const failure = new ExecutionError("Uncaught Error: secret", { code: "full" });

  it("names the request and tells all while developing", () => {
    const shown = present(failure, ["[LOG] 'a'"], false);
    expect(shown).toEqual({
      ok: false,
      errorMessage: expect.stringMatching(REQUEST),
      errorData: { code: "full" },
      logLines: ["[LOG] 'a'"],
    });
    expect(shown.errorMessage.split("\n")[1]).toBe("Uncaught Error: secret");
  });

  it("names the request and tells nothing but the data when redacted", () => {
    const shown = present(failure, ["[LOG] 'a'"], true);
    expect(shown).toEqual({ ok: false, errorMessage: expect.any(String), errorData: { code: "full" }, logLines: [] });
    expect(shown.errorMessage).toMatch(new RegExp(`${REQUEST.source}$`));
  });

  it("has no data where none was thrown, and null where null was", () => {
    expect("errorData" in present(new ExecutionError("x"), [], false)).toBe(false);
    expect(present(new ExecutionError("x", null), [], true).errorData).toBeNull();
  });

  it("has the id of the request, by which logs and metadata know it too", () => {
    expect(present(failure, [], true).errorMessage).toBe(`[Request ID: ${REQUEST_ID}] Server Error`);
  });

  it("fits in one line for a door that answers in a header or a code", () => {
    const error = new PresentedError(present(failure, [], false));
    expect(error.message).toMatch(new RegExp(`${REQUEST.source}: Uncaught Error: secret$`));
    expect(error.stack).toMatch(new RegExp(`${REQUEST.source}\nUncaught Error: secret$`));
    expect(error.data).toEqual({ code: "full" });
  });
});
