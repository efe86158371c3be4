import { Latencies, type Percentiles } from "./latencies.ts";
import { fireAtRate } from "./load.ts";
import { post } from "./post.ts";
import type { Door, Stage } from "./stage.ts";

const LEADS = 200;
const SERIES = 1;

export type Acknowledgement = { perSecond: number; webhook: Percentiles; emptyRoute: Percentiles };

/**
 * How long a provider waits for our answer, beside how long it would wait if we did nothing. Both take turns, so that what
 * else this machine does weighs on both.
 */
export async function measureAcknowledgement(
  stage: Stage,
  { perSecond, seconds, rounds }: { perSecond: number; seconds: number; rounds: number },
): Promise<Acknowledgement> {
  const webhook = new Latencies();
  const emptyRoute = new Latencies();
  const bodies = renderMany(stage.quiet, perSecond * seconds * rounds);
  const url = emptyRouteOf(stage);
  for (let round = 0; round < rounds; round++) {
    const body = (n: number) => bodies[round * perSecond * seconds + n] ?? "";
    const atRate = { perSecond, seconds };
    await fireAtRate(emptyRoute, { ...atRate, fire: (n) => postToEmptyRoute(url, body(n)) });
    await fireAtRate(webhook, { ...atRate, fire: (n) => stage.quiet.deliver(body(n)) });
  }
  return { perSecond, webhook: webhook.percentiles(), emptyRoute: emptyRoute.percentiles() };
}

/** Our own route for a provider that does not exist: Next does all that it does for a webhook, and we answer at once. */
export function emptyRouteOf({ ready }: Stage): string {
  return `${ready.app}/api/webhooks/nobody/nothing`;
}

export async function postToEmptyRoute(url: string, body: string): Promise<boolean> {
  return (await post(url, { headers: { "content-type": "application/json" }, body })) === 404;
}

/** Messages of leads who take turns: mostly known ones, as in a busy day. */
export function renderMany(door: Door, count: number): string[] {
  return Array.from({ length: count }, (_, n) => door.render({ lead: n % LEADS, series: SERIES, text: textOf(n) }));
}

function textOf(n: number): string {
  return `Mensagem ${n}: quanto custa o plano para uma distribuidora com 45 funcionários?`;
}
