import { expect, test } from "vitest";
import type { QueryResult } from "../types.ts";
import { digestOf } from "./digest.ts";

const seen = { timestamp: 1n, reads: [], usedIdentity: false, journal: null, logLines: [] };

const value = (text: string): QueryResult => ({ ...seen, ok: true, value: text });
const failure = (errorMessage: string): QueryResult => ({ ...seen, ok: false, errorMessage });

test("is the same for the same value, whenever and however it was found", () => {
  expect(digestOf({ ...value('"a"'), timestamp: 2n, logLines: ["found"] })).toBe(digestOf(value('"a"')));
  expect(digestOf(value('"b"'))).not.toBe(digestOf(value('"a"')));
});

test("tells failures by what they say, not by the request that met them", () => {
  expect(digestOf(failure("[Request ID: 1f] Server Error"))).toBe(digestOf(failure("[Request ID: 2e] Server Error")));
  expect(digestOf(failure("[Request ID: 1f] Server Error"))).not.toBe(digestOf(failure("[Request ID: 1f] Gone")));
});

test("never takes a value for a failure", () => {
  expect(digestOf(value('"Gone"'))).not.toBe(digestOf(failure("Gone")));
});
