import { guardProcess } from "../../local/engine/runtime/requests.ts";
/** The engine as a process of its own, for soak.ts: tells what it holds, after a collection, whenever it is asked. */
import { startEngine } from "../../local/engine/start.ts";
import { freshFile, optionsFor } from "./opened.ts";

const file = freshFile("soak");
guardProcess((line) => console.error(line));
const running = await startEngine({
  ...optionsFor(file),
  directory: "local/engine/fixtures/endurance/convex",
  port: 0,
  sitePort: 0,
});
process.on("message", () => {
  // What only finalizers free is gone after the second time.
  globalThis.gc?.();
  globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  process.send?.({ rss, heapUsed, external, handles: process.getActiveResourcesInfo().length });
});
process.once("disconnect", () => void running.close().finally(() => process.exit(0)));
process.send?.({ url: running.url, siteUrl: running.siteUrl, file });
