import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** A program of this folder that tells where its engine is, and then answers whatever it is asked. */
export type EngineProcess = { first: unknown; ask: (question: string) => Promise<unknown>; stop: () => Promise<void> };

/** Starts a program, and waits for its first message. Asking rejects when the program has ended by itself. */
export async function startProcess(program: string, execArgv: readonly string[] = []): Promise<EngineProcess> {
  const child = fork(join(import.meta.dirname, program), { execArgv: [...execArgv] });
  const gone = once(child, "exit");
  const answer = async () => {
    const ended = gone.then(() => Promise.reject(new Error("The engine ended by itself")));
    const [message]: unknown[] = await Promise.race([once(child, "message"), ended]);
    return message;
  };
  return {
    first: await answer(),
    ask: async (question) => {
      const answered = answer();
      child.send(question);
      return answered;
    },
    stop: async () => {
      child.disconnect();
      await gone;
    },
  };
}
