import { describe, expect, test } from "vitest";
import { loadFixtures, toBytes } from "./fixtures/load.ts";
import { redactBody, redactPart } from "./redact.ts";

describe("a kept body", () => {
  test.each(loadFixtures())("holds no credential, pairing code or bytes: $name", ({ body }) => {
    const kept = redactBody(toBytes(body)) ?? "";
    expect(JSON.parse(kept)).toMatchObject({ event: body.event });
    for (const secret of [
      "E2A1-SECRET",
      "tok-abc",
      "qrsecret",
      "IPEF7788",
      "iVBORw0",
      "/9j/4AAQ",
      "c2VjcmV0bw",
      '"mediaKey"',
    ]) {
      expect(kept).not.toContain(secret);
    }
  });

  test("keeps who, when and what", () => {
    const body = {
      event: "messages.upsert",
      data: { key: { id: "1", remoteJid: "5521987001234@s.whatsapp.net" }, n: [1, null] },
    };
    expect(JSON.parse(redactBody(toBytes(body)) ?? "")).toEqual(body);
  });

  test("drops a credential whatever its letters, however deep, in lists too", () => {
    const body = {
      ApiKey: "s3",
      data: [{ "api-key": "s3", Authorization: "s3", nested: { TOKEN: "s3", hash: "s3" } }],
    };
    expect(redactBody(toBytes(body))).toBe('{"data":[{"nested":{}}]}');
  });

  test("is null when the body is no JSON", () => {
    expect(redactBody(new TextEncoder().encode("<html>apikey</html>"))).toBeNull();
  });
});

test("a kept part is cut at 8 KB and stays one string", () => {
  expect(redactPart({ text: "a".repeat(20_000) })).toHaveLength(8_193);
  expect(redactPart(undefined)).toBe("null");
});
