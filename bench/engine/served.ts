import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { z } from "zod";

const ADDRESS = z.object({ url: z.string(), notes: z.number() });
const USAGE = z.object({ rss: z.number(), cpuMs: z.number() });

/** Resident bytes, and processor time of all threads since the start. */
export type Usage = z.infer<typeof USAGE>;

/** An engine in a process of its own, with so many notes in it at first. */
export type Served = z.infer<typeof ADDRESS> & { usage(): Promise<Usage>; stop(): Promise<void> };

export async function serve(): Promise<Served> {
  const child = fork(join(import.meta.dirname, "program.ts"));
  const gone = once(child, "exit");
  const answer = async () => {
    const ended = gone.then(() => Promise.reject(new Error("The engine ended by itself")));
    const [message]: unknown[] = await Promise.race([once(child, "message"), ended]);
    return message;
  };
  return {
    ...ADDRESS.parse(await answer()),
    usage: async () => {
      const answered = answer();
      child.send("usage");
      return USAGE.parse(await answered);
    },
    stop: async () => {
      child.disconnect();
      await gone;
    },
  };
}
