/** `npm run dev` and `npm run demo`: the whole of Qify on this machine, with no account and no network. */
import { type Keys, loadKeys } from "./keys.ts";
import { parseOptions } from "./options.ts";
import { startWorld, type World } from "./world.ts";

try {
  const options = parseOptions(process.argv.slice(2), process.env);
  console.log(
    `Qify, local world (${options.mode}). Everything stays on this machine; state is in ${options.directory}`,
  );
  const world = await startWorld(options, (line) => console.log(line));
  present(world, await loadKeys(options.directory));
  await runUntilStopped(world);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

function present({ ready }: World, { evolutionApiKey, adminKey }: Keys): void {
  // What stands after `#` never leaves the browser.
  const inspector = `${ready.convex}/_inspector#key=${encodeURIComponent(adminKey)}`;
  const lines = [`App     ${ready.app}`, `Convex  ${ready.convex}`, `Inspect ${inspector}`];
  for (const [name, url] of Object.entries(ready.emulators)) lines.push(`${name.padEnd(7)} ${url}/_inspect`);
  const { evolution } = ready.emulators;
  if (evolution !== undefined) {
    lines.push(`Write as a lead: ${evolution}/_phone/`);
    lines.push(`Connect another number: server ${evolution}, key ${evolutionApiKey}`);
  }
  for (const { slug, users } of ready.organizations) {
    lines.push(`\n  Sign in to ${slug} with the password ${users[0]?.password ?? ""}`);
    for (const { role, email } of users) lines.push(`  ${role.padEnd(6)}  ${email}`);
  }
  console.log(`\nReady.\n  ${lines.join("\n  ")}\n\nCtrl-C stops everything.`);
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
