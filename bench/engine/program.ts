/** The engine as a process of its own, for main.ts beside it: tells its address, and what it has used whenever it is asked. */
import { startEngine } from "../../local/engine/start.ts";
import { fill, freshFile, optionsFor } from "./opened.ts";

const NOTES = 10_000;

const file = freshFile("served");
await fill(file, NOTES);
const running = await startEngine({ ...optionsFor(file), port: 0, sitePort: 0 });
process.on("message", () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ rss: process.memoryUsage.rss(), cpuMs: (user + system) / 1000 });
});
process.once("disconnect", () => void running.close().finally(() => process.exit(0)));
process.send?.({ url: running.url, notes: NOTES });
