import { describe, expect, it } from "vitest";
import { z } from "zod";
import { complete, listMissing, listResolved, type Lock } from "./lockfile.ts";

const lock = {
  lockfileVersion: 3,
  packages: {
    "": {},
    "node_modules/@pack/linux-x64-gnu": { version: "2.0.0" },
    "node_modules/outer/node_modules/pack": {
      version: "1.0.0",
      optionalDependencies: { "@pack/linux-x64-gnu": "1.0.0" },
    },
    "node_modules/pack": {
      version: "2.0.0",
      dev: true,
      optionalDependencies: {
        "@pack/darwin-arm64": "2.0.0",
        "@pack/linux-arm64-musl": "^2.0.0",
        "@pack/linux-x64-gnu": "2.0.0",
        "@pack/wasm32-wasi": "2.0.0",
      },
    },
  },
};

describe("the lock file", () => {
  it("gets an entry for each platform that the registry did not list", () => {
    const { packages } = completed(lock);
    expect(packages["node_modules/@pack/darwin-arm64"]).toEqual({
      version: "2.0.0",
      cpu: ["arm64"],
      dev: true,
      optional: true,
      os: ["darwin"],
    });
    expect(packages["node_modules/@pack/linux-arm64-musl"]).toMatchObject({ version: "2.0.0", libc: ["musl"] });
    expect(packages["node_modules/@pack/wasm32-wasi"]).toMatchObject({ cpu: ["wasm32"] });
  });

  it("keeps two versions of one platform package apart", () => {
    const { packages } = completed(lock);
    expect(packages["node_modules/@pack/linux-x64-gnu"]).toMatchObject({ version: "2.0.0" });
    expect(packages["node_modules/outer/node_modules/@pack/linux-x64-gnu"]).toMatchObject({ version: "1.0.0" });
  });

  it("is left alone once it is complete", () => {
    expect(listMissing(completed(lock))).toEqual([]);
    expect(complete(complete(lock))).toEqual(complete(lock));
  });

  it("keeps what it does not understand, in its order", () => {
    const file = { lockfileVersion: 3, packages: { "": { odd: 1, version: "1.0.0" } }, other: [1] };
    expect(JSON.stringify(complete(file))).toBe(JSON.stringify(file));
  });

  it("is not guessed at when a name does not say its platform", () => {
    const odd: Lock = { packages: { "node_modules/pack": { optionalDependencies: { helper: "1.0.0" } } } };
    expect(() => listMissing(odd)).toThrow("helper: the name does not say its platform");
  });

  it("may not name a registry", () => {
    const named: Lock = { packages: { "node_modules/pack": { resolved: "https://registry.example/pack.tgz" } } };
    expect(listResolved(named)).toEqual(["node_modules/pack"]);
    expect(listResolved(lock)).toEqual([]);
  });
});

function completed(file: unknown) {
  const entry = z.looseObject({ optionalDependencies: z.record(z.string(), z.string()).optional() });
  return z.object({ packages: z.record(z.string(), entry) }).parse(complete(file));
}
