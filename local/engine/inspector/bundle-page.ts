import { fileURLToPath } from "node:url";
import { build } from "esbuild";

export type Page = { script: string; style: string };

/** Bundles the page from its sources; nothing is fetched from anywhere. */
export async function bundlePage(): Promise<Page> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("view/main.tsx", import.meta.url))],
    outdir: "page",
    bundle: true,
    write: false,
    minify: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    jsx: "automatic",
    define: { "process.env.NODE_ENV": '"production"' },
    logLevel: "silent",
  });
  const text = (ending: string) => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? "";
  return { script: text(".js"), style: text(".css") };
}
