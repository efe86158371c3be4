import { mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseKeyRing } from "../lib/crypto.ts";
import { parseClerkWebhookEnv, parseTokenEnv } from "../lib/env.ts";
import { loadKeys } from "./keys.ts";

describe("the keys of a local world", () => {
  it("are what the app's environment takes, and another world's are others", async () => {
    const [keys, others] = await Promise.all([loadKeys(newDirectory()), loadKeys(newDirectory())]);
    expect(parseTokenEnv({ QIFY_TOKEN_PRIVATE_KEY: keys.tokenPrivateKey }).QIFY_TOKEN_PRIVATE_KEY.kid).toBe("local");
    expect(parseClerkWebhookEnv({ CLERK_WEBHOOK_SIGNING_SECRET: keys.clerkSigningSecret })).toBeDefined();
    expect(parseKeyRing(keys.encryptionKeys).sealing.id).toBe("local");
    const shared = Object.values(keys).filter((key) => Object.values(others).includes(key));
    expect(shared).toEqual([]);
  });

  it("are kept, readable by their owner alone", async () => {
    const directory = newDirectory();
    const keys = await loadKeys(directory);
    expect(await loadKeys(directory)).toEqual(keys);
    expect(statSync(join(directory, "keys.json")).mode & 0o777).toBe(0o600);
  });

  it("are completed where an older file lacks some, without changing the others", async () => {
    const directory = newDirectory();
    writeFileSync(join(directory, "keys.json"), JSON.stringify({ adminKey: "local|old" }));
    const keys = await loadKeys(directory);
    expect(keys.adminKey).toBe("local|old");
    expect(JSON.parse(readFileSync(join(directory, "keys.json"), "utf8"))).toEqual(keys);
  });

  it("never pair a kept private key with a new public one", async () => {
    const directory = newDirectory();
    const { tokenJwks: _lost, ...rest } = await loadKeys(directory);
    writeFileSync(join(directory, "keys.json"), JSON.stringify(rest));
    expect((await loadKeys(directory)).tokenPrivateKey).not.toBe(rest.tokenPrivateKey);
  });
});

function newDirectory(): string {
  return mkdtempSync(join(tmpdir(), "keys-"));
}
