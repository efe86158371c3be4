import { startServer } from "./http/server.ts";
import { openEngine, type OpenEngine, type OpenOptions } from "./open.ts";

export type StartOptions = OpenOptions & {
  /** 0 picks a free one. */
  port: number;
  sitePort: number;
};

export type RunningEngine = Pick<OpenEngine, "engine" | "admin" | "reload" | "sources" | "wake"> & {
  /** What clients connect to, and where HTTP actions answer. */
  url: string;
  siteUrl: string;
  close(): Promise<void>;
};

/** Loads an app and serves it, on 127.0.0.1 only; whoever shows `adminKey` may call internal functions. */
export async function startEngine(options: StartOptions): Promise<RunningEngine> {
  const urls = { cloud: "", site: "" };
  const open = await openEngine(options, urls);
  const { port, sitePort, adminKey, reportFault: report } = options;
  const server = await startServer({ ...open, port, sitePort, adminKey, report, host: "127.0.0.1" }).catch(
    (error: unknown) => {
      open.close();
      throw error;
    },
  );
  urls.cloud = server.url;
  urls.site = server.siteUrl;
  try {
    open.startJobs();
  } catch (error) {
    await server.close();
    open.close();
    throw error;
  }
  return {
    ...open,
    url: server.url,
    siteUrl: server.siteUrl,
    async close() {
      await server.close();
      open.close();
    },
  };
}
