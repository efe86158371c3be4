import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { parseOptions } from "./options.ts";

describe("the options of a local world", () => {
  it("has a default for everything but what to start", () => {
    expect(parseOptions(["dev"], {})).toEqual({
      mode: "dev",
      directory: resolve(".local"),
      reset: false,
      ports: { app: 3000, convex: 3210, convexSite: 3211, emulators: 3220 },
      redactErrors: false,
    });
  });

  it("lets two worlds run beside each other", () => {
    const environment = {
      QIFY_LOCAL_DIR: "/tmp/second",
      PORT: "0",
      CONVEX_PORT: "0",
      CONVEX_SITE_PORT: "0",
      EMULATORS_PORT: "4000",
    };
    const { directory, ports } = parseOptions(["demo", "--reset"], environment);
    expect(directory).toBe("/tmp/second");
    expect(ports).toEqual({ app: 0, convex: 0, convexSite: 0, emulators: 4000 });
  });

  it("redacts errors in the demo, so that the browser sees what production would show", () => {
    expect(parseOptions(["demo"], {}).redactErrors).toBe(true);
  });

  it.each([
    [[], {}, "npm run dev"],
    [["dev", "--fresh"], {}, "--fresh"],
    [["dev"], { PORT: "http" }, 'PORT is "http"'],
    [["dev"], { CONVEX_PORT: "70000" }, "CONVEX_PORT"],
  ])("says what is wrong with %j %j", (args, environment, message) => {
    expect(() => parseOptions(args, environment)).toThrow(message);
  });
});
