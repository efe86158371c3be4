/** The other side of `LongCallWatch`: looks now and then whether the same call still runs, and says so once. */
import { writeSync } from "node:fs";
import { workerData } from "node:worker_threads";
import { type LongCallOptions, WORDS } from "./long-call-memory.ts";

const { memory, afterMs, output }: LongCallOptions = workerData;
const words = new Int32Array(memory, 0, WORDS);
const name = new Uint8Array(memory, WORDS * Int32Array.BYTES_PER_ELEMENT);
let seen = -1;
let said = -1;

setInterval(() => {
  const sequence = Atomics.load(words, 0);
  const isRunning = sequence % 2 !== 0;
  if (isRunning && sequence === seen && sequence !== said) {
    said = sequence;
    say(new TextDecoder().decode(name.slice(0, words[1])));
  }
  seen = sequence;
}, afterMs);

function say(call: string): void {
  const line = `${call} [WARN] It has been running for more than ${afterMs / 1000} s, and nothing else runs meanwhile.\n`;
  try {
    writeSync(output, line);
  } catch {
    // Nobody reads any more: a warning that cannot be given must not end the process.
  }
}
