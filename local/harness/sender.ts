/** What Evolution never sends again after: an answer of these is a message lost. */
const FINAL = new Set([400, 401, 403, 404, 422]);
const MOST_ATTEMPTS = 10;

export type Webhook = { url: string; headers: Record<string, string>; body: string };

/**
 * Delivers as the provider does: no order between webhooks, again after any trouble that may pass, ten times at most. Its
 * pauses are as long as `pause` takes. Throws when a webhook would be lost for good.
 */
export async function deliverAll(
  webhooks: readonly Webhook[],
  { atOnce, pause, onTaken }: { atOnce: number; pause: () => Promise<void>; onTaken: (taken: number) => void },
): Promise<{ attempts: number }> {
  const waiting = [...webhooks];
  let attempts = 0;
  let taken = 0;
  async function work(): Promise<void> {
    for (let webhook = waiting.shift(); webhook !== undefined; webhook = waiting.shift()) {
      attempts += await deliver(webhook, pause);
      onTaken(++taken);
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work));
  return { attempts };
}

async function deliver({ url, headers, body }: Webhook, pause: () => Promise<void>): Promise<number> {
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
    const status = await attemptOnce(url, { method: "POST", headers, body });
    if (status === 200) return attempt;
    if (FINAL.has(status)) throw new Error(`A webhook was refused for good with ${status}`);
    await pause();
  }
  throw new Error(`A webhook was not taken in ${MOST_ATTEMPTS} attempts`);
}

/** 0 when there was no answer at all. */
async function attemptOnce(url: string, init: RequestInit): Promise<number> {
  try {
    const response = await fetch(url, init);
    await response.arrayBuffer();
    return response.status;
  } catch {
    return 0;
  }
}
