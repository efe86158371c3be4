import { ConvexError } from "convex/values";
import { describe, expect, it } from "vitest";
import { ERROR_CODES, errorCode, fail } from "./errors.ts";

describe("a refusal", () => {
  it.each(ERROR_CODES)("%s travels as its code and facts", (code) => {
    const thrown = caught(() => fail(code, { what: "contact" }));
    expect(thrown).toBeInstanceOf(ConvexError);
    expect(thrown).toMatchObject({ data: { code, what: "contact" } });
    expect(errorCode(thrown)).toBe(code);
  });

  it.each([new Error("not_found"), new ConvexError("not_found"), new ConvexError({ code: "else" }), null, "not_found"])(
    "is nothing else: %s",
    (error) => {
      expect(errorCode(error)).toBeNull();
    },
  );
});

function caught(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}
