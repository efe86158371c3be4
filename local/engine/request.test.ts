import { expect, it } from "vitest";
import { newRequest } from "./request.ts";

it("a request has an id of its own, and keeps what is known of where it came from", () => {
  const origin = { ip: "127.0.0.1", userAgent: "curl", authToken: "jwt" };
  const requests = Array.from({ length: 100 }, () => newRequest(origin));
  expect(requests[0]).toEqual({ ...origin, requestId: expect.stringMatching(/^[0-9a-f]{16}$/) });
  expect(new Set(requests.map(({ requestId }) => requestId)).size).toBe(100);
});

it("of what the engine runs by itself nothing is known", () => {
  expect(newRequest()).toMatchObject({ ip: null, userAgent: null, authToken: null });
});
