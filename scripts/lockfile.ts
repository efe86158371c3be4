/**
 * Keeps package-lock.json usable on every machine: `npm run lock` repairs it, `--check` only judges it.
 *
 * npm writes no entry for an optional package that its registry could not find, and a mirror often lacks the binaries of
 * other platforms. `npm ci` then refuses the whole file. The entries can be made without the registry: the package that
 * asks for them names the exact version, and their names say the platform. No entry may name a registry either.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { z } from "zod";

const LOCKFILE = "package-lock.json";

const entrySchema = z.object({
  version: z.string().optional(),
  resolved: z.string().optional(),
  dev: z.boolean().optional(),
  optionalDependencies: z.record(z.string(), z.string()).optional(),
});
const lockSchema = z.object({ packages: z.record(z.string(), entrySchema) });

/** The same file with all its keys, in its order. */
const wholeSchema = z.record(z.string(), z.unknown());

type Entry = z.infer<typeof entrySchema>;
export type Lock = z.infer<typeof lockSchema>;

type PlatformEntry = { version: string; cpu: string[]; dev?: true; libc?: string[]; optional: true; os?: string[] };

/** Names of the Node platform, processor and C library that a binary package's name may contain. */
const OS = ["aix", "android", "darwin", "freebsd", "linux", "netbsd", "openbsd", "openharmony", "sunos", "win32"];
const CPU = ["arm", "arm64", "ia32", "loong64", "mips64el", "ppc64", "riscv64", "s390x", "wasm32", "x64"];
const LIBC: Readonly<Record<string, string>> = { gnu: "glibc", musl: "musl" };

/** Paths and entries of the optional packages that the lock file should have and has not. */
export function listMissing(lock: Lock): [path: string, entry: PlatformEntry][] {
  return Object.entries(lock.packages).flatMap(([path, parent]) =>
    Object.entries(parent.optionalDependencies ?? {})
      .filter(([name, range]) => !isLocked(lock, path, { name, range }))
      .map(([name, range]): [string, PlatformEntry] => [placeFor(lock, path, name), entryFor(name, range, parent)]),
  );
}

/** Paths of the entries that name where they were downloaded from. */
export function listResolved(lock: Lock): string[] {
  return Object.keys(lock.packages).filter((path) => lock.packages[path]?.resolved?.startsWith("http"));
}

/** The lock file with the missing entries, in npm's order; the rest as it was. */
export function complete(file: unknown): Record<string, unknown> {
  const whole = wholeSchema.parse(file);
  const packages = {
    ...wholeSchema.parse(whole["packages"]),
    ...Object.fromEntries(listMissing(lockSchema.parse(file))),
  };
  const paths = Object.keys(packages).toSorted((a, b) => a.localeCompare(b, "en"));
  return { ...whole, packages: Object.fromEntries(paths.map((path) => [path, packages[path]])) };
}

/** Whether the package at `path` finds `name`, looking as Node does: beside itself, then outwards. */
function isLocked(lock: Lock, path: string, { name, range }: { name: string; range: string }): boolean {
  for (let folder = path; ; folder = outerOf(folder)) {
    const found = lock.packages[join(folder, name)];
    if (found) return !isExact(range) || found.version === range;
    if (folder === "") return false;
  }
}

/** Beside the package that asks for it, as npm places binaries; inside it when another version has that place. */
function placeFor(lock: Lock, path: string, name: string): string {
  const beside = join(outerOf(path), name);
  return lock.packages[beside] === undefined ? beside : join(path, name);
}

function entryFor(name: string, range: string, parent: Entry): PlatformEntry {
  const words = name.split(/[^a-z0-9]+/);
  const os = words.filter((word) => OS.includes(word));
  const cpu = words.filter((word) => CPU.includes(word));
  const osCount = cpu[0] === "wasm32" ? 0 : 1;
  if (os.length !== osCount || cpu.length !== 1) throw new Error(`${name}: the name does not say its platform`);
  const libc = words.flatMap((word) => (os[0] === "linux" && LIBC[word] ? [LIBC[word]] : []));
  return {
    version: range.replace(/^[\^~]/, ""),
    cpu,
    ...(parent.dev ? { dev: true } : {}),
    ...(libc.length > 0 ? { libc } : {}),
    optional: true,
    ...(os.length > 0 ? { os } : {}),
  };
}

function isExact(range: string): boolean {
  return /^\d/.test(range);
}

function outerOf(path: string): string {
  const end = path.lastIndexOf("node_modules/");
  return end <= 0 ? "" : path.slice(0, end - 1);
}

function join(folder: string, name: string): string {
  return folder === "" ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
}

if (import.meta.main) {
  const file: unknown = JSON.parse(readFileSync(LOCKFILE, "utf8"));
  const lock = lockSchema.parse(file);
  const missing = listMissing(lock).map(([path]) => path);
  const resolved = listResolved(lock);
  for (const path of resolved) console.error(`${path} names a registry: set omit-lockfile-registry-resolved`);
  if (process.argv.includes("--check")) {
    for (const path of missing) console.error(`${path} is missing: run npm run lock`);
  } else if (missing.length > 0) {
    writeFileSync(LOCKFILE, `${JSON.stringify(complete(file), null, 2)}\n`);
  }
  console.log(
    `${Object.keys(lock.packages).length} entries, ${missing.length} missing, ${resolved.length} with a registry`,
  );
  if (resolved.length > 0 || (missing.length > 0 && process.argv.includes("--check"))) process.exitCode = 1;
}
