import { HOST, startServer } from "./http/server.ts";
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
  const { port, sitePort, adminKey, reportFault: report } = options;
  // An app may ask for them while it is loaded, as its auth.config does when it trusts its own deployment.
  const urls = { cloud: urlOf(port), site: urlOf(sitePort) };
  const open = await openEngine(options, urls);
  const server = await startServer({ ...open, port, sitePort, adminKey, report }).catch((error: unknown) => {
    open.close();
    throw error;
  });
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

/** A port that is still to be picked has none. */
function urlOf(port: number): string {
  return port === 0 ? "" : `http://${HOST}:${port}`;
}
