import { join } from "node:path";
import { defineConfig } from "vitest/config";

// Many tests start programs. Most of a start goes into reading the sources: the next one need not do it again.
process.env["NODE_COMPILE_CACHE"] ??= join(import.meta.dirname, ".local", "compile-cache");

const exclude = ["**/node_modules/**", ".next/**", ".local/**", "e2e/**"];

/** Suites of the local engine that start processes, which share nothing, or that take over the globals of their own for good. */
const alone = ["faults", "testkit"]
  .map((folder) => `local/engine/${folder}/**/*.test.ts`)
  .concat("local/engine/main.test.ts", "local/engine/admin/cli*.test.ts");

export default defineConfig({
  resolve: { alias: { "@": import.meta.dirname } },
  test: {
    environment: "node",
    // Vitest leaves one core to whoever watches.
    maxWorkers: "100%",
    // A hung test must end; how fast a busy machine is proves nothing.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    expect: { poll: { timeout: 15_000, interval: 20 } },
    projects: [
      {
        extends: true,
        test: {
          name: "product",
          include: ["**/*.test.ts", "**/*.test.tsx"],
          exclude: [...exclude, "local/engine/**"],
          env: { QIFY_ORACLE: "convex-test" },
        },
      },
      {
        // Of all projects the first by name begin first: these take the longest, and others fill the time beside them.
        extends: true,
        test: { name: "alone", include: alone, exclude },
      },
      {
        extends: true,
        test: {
          name: "local-engine",
          include: ["local/engine/**/*.test.ts"],
          exclude: [...exclude, ...alone],
          // Two hundred files would each read the engine anew: its modules keep nothing that a test of another file sees.
          isolate: false,
        },
      },
      {
        // The suites of convex/ once more, on the engine that people run locally: two oracles must agree.
        extends: true,
        test: {
          name: "engine",
          include: ["convex/**/*.test.ts"],
          exclude,
          // Files of a worker share one bundled app.
          isolate: false,
          env: {
            QIFY_ORACLE: "engine",
            CLERK_JWT_ISSUER_DOMAIN: "https://clerk.test",
            QIFY_TOKEN_JWKS: "https://qify.test/.well-known/jwks.json",
          },
        },
      },
    ],
  },
});
