/**
 * The engine as a process that a test may kill, on a clock that the test moves forward: `{ advanceMs }` over IPC. Started by
 * mortal-engine.ts.
 */
import { flushCompileCache } from "node:module";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { readEnvironmentFile } from "../engine/environment-file.ts";
import { guardProcess } from "../engine/runtime/requests.ts";
import { startEngine } from "../engine/start.ts";

const { values } = parseArgs({
  options: {
    directory: { type: "string", default: "convex" },
    file: { type: "string", default: ":memory:" },
    port: { type: "string", default: "0" },
    environment: { type: "string", default: "" },
    /** How far this clock is ahead of the machine's. */
    "ahead-ms": { type: "string", default: "0" },
  },
});
const { adminKey, variables } = readEnvironmentFile(values.environment);

let aheadMs = Number(values["ahead-ms"]);
guardProcess((line) => process.stderr.write(`${line}\n`));
const running = await startEngine({
  directory: resolve(values.directory),
  file: values.file,
  port: Number(values.port),
  sitePort: 0,
  adminKey,
  environment: (name) => variables[name],
  clock: { now: () => Date.now() + aheadMs },
  reportFault: (fault) => process.stderr.write(`${String(fault)}\n`),
});
process.on("message", ({ advanceMs }: { advanceMs: number }) => {
  aheadMs += advanceMs;
  running.wake();
});
// Whoever started it is gone: nothing is left behind.
process.once("disconnect", () => process.exit(0));
process.send?.({ url: running.url, siteUrl: running.siteUrl });
// Whoever is killed does not come to it later.
flushCompileCache();
