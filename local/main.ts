/** `npm run dev` and `npm run demo`: the whole of Qify on this machine, with no account and no network. */
import { parseOptions } from "./options.ts";
import { startWorld, type World } from "./world.ts";

try {
  const options = parseOptions(process.argv.slice(2), process.env);
  console.log(
    `Qify, local world (${options.mode}). Everything stays on this machine; state is in ${options.directory}`,
  );
  const world = await startWorld(options, (line) => console.log(line));
  present(world);
  await runUntilStopped(world);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

function present({ ready }: World): void {
  console.log(`\nReady.\n  App     ${ready.app}\n  Convex  ${ready.convex}\nCtrl-C stops everything.`);
}

async function runUntilStopped(world: World): Promise<void> {
  process.once("exit", world.abandon);
  const signal = new Promise<void>((resolve) => {
    for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(name, () => resolve());
  });
  try {
    await Promise.race([signal, world.failure]);
  } finally {
    await world.stop();
  }
}
