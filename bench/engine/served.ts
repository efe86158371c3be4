import { z } from "zod";
import { startProcess } from "./engine-process.ts";

const ADDRESS = z.object({ url: z.string(), notes: z.number() });
const USAGE = z.object({ rss: z.number(), cpuMs: z.number() });

/** Resident bytes, and processor time of all threads since the start. */
export type Usage = z.infer<typeof USAGE>;

/** An engine in a process of its own, with so many notes in it at first. */
export type Served = z.infer<typeof ADDRESS> & { usage(): Promise<Usage>; stop(): Promise<void> };

export async function serve(): Promise<Served> {
  const { first, ask, stop } = await startProcess("program.ts");
  return { ...ADDRESS.parse(first), usage: async () => USAGE.parse(await ask("usage")), stop };
}
