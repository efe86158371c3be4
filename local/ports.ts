import { createServer } from "node:net";

const HOST = "127.0.0.1";

/**
 * A port that can be listened on right now: the wanted one, or any free one for 0. Throws a message that names the
 * variable to set when the wanted one is taken.
 */
export async function claimPort(wanted: number, use: { what: string; variable: string }): Promise<number> {
  const server = createServer();
  try {
    return await new Promise<number>((resolve, reject) => {
      server.once("error", reject);
      server.listen(wanted, HOST, () => {
        const address = server.address();
        resolve(address !== null && typeof address === "object" ? address.port : wanted);
      });
    });
  } catch {
    throw new Error(
      `Port ${wanted} is busy, and ${use.what} needs it. Stop what uses it, or start with ${use.variable}=0 for any free port.`,
    );
  } finally {
    await new Promise((closed) => server.close(closed));
  }
}
