import { Agent, request } from "node:http";

const PATIENCE_MS = 30_000;

/** Lets as many connections be open as there are requests, and uses them again, as providers do. */
const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });

/** Posts, reads the answer to its end and gives its status. The cheapest client there is: the load must not be the bottleneck. */
export async function post(
  url: string,
  { headers, body }: { headers: Record<string, string>; body: string },
): Promise<number> {
  return new Promise((resolve, reject) => {
    const bytes = Buffer.from(body);
    const options = {
      method: "POST",
      agent,
      timeout: PATIENCE_MS,
      headers: { ...headers, "content-length": bytes.length },
    };
    const outgoing = request(url, options, (answer) => {
      answer.resume();
      answer.once("end", () => resolve(answer.statusCode ?? 0));
      answer.once("error", reject);
    });
    outgoing.once("timeout", () => outgoing.destroy(new Error("no answer in time")));
    outgoing.once("error", reject);
    outgoing.end(bytes);
  });
}
