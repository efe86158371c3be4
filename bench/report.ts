import type { Acknowledgement } from "./acknowledgement.ts";
import type { Percentiles } from "./latencies.ts";
import type { ReplyOverhead } from "./reply.ts";
import type { Split } from "./split.ts";
import type { Throughput } from "./throughput.ts";

export type Figures = {
  acknowledgement: Acknowledgement;
  throughput: Throughput;
  dom: Percentiles;
  reply: ReplyOverhead;
  split: Split;
};

export type Aim = { name: string; value: number; limit: number; unit: "x" | "ms"; best: "low" | "high"; met: boolean };

/** What each figure is held to. */
export function judge({ acknowledgement, throughput, dom, reply }: Figures): Aim[] {
  const { webhook, emptyRoute } = acknowledgement;
  const { bare, agentOff, agentOn } = throughput;
  return [
    aim("webhook ack p50 / empty route p50", webhook.p50 / emptyRoute.p50, { limit: 3, unit: "x", best: "low" }),
    aim("webhooks/s, agent off / bare mutations/s", agentOff.perSecond / bare.perSecond, {
      limit: 1 / 3,
      unit: "x",
      best: "high",
    }),
    aim("webhooks/s, agent on / bare mutations/s", agentOn.perSecond / bare.perSecond, {
      limit: 1 / 3,
      unit: "x",
      best: "high",
    }),
    aim("message -> visible in the DOM, p95", dom.p95, { limit: 150, unit: "ms", best: "low" }),
    aim("message -> reply less debounce, p95", reply.overhead.p95, { limit: 150, unit: "ms", best: "low" }),
  ];
}

export function aim(name: string, value: number, held: Pick<Aim, "limit" | "unit" | "best">): Aim {
  const met = held.best === "low" ? value <= held.limit : value >= held.limit;
  return { name, value, ...held, met };
}

/** Everything for a person to read. */
export function renderReport(figures: Figures): string {
  const { acknowledgement, throughput, dom, reply, split } = figures;
  const { bare, emptyRoute, agentOff, agentOn, bytesPerWrite } = throughput;
  return [
    table(
      "Latencies, ms",
      ["", "p50", "p95", "p99", "max", "n", "failed"],
      [
        latencyRow(`webhook ack at ${acknowledgement.perSecond}/s`, acknowledgement.webhook),
        latencyRow(`empty route at ${acknowledgement.perSecond}/s`, acknowledgement.emptyRoute),
        latencyRow("message -> DOM", dom),
        latencyRow(`message -> reply less ${reply.debounceMs} ms`, reply.overhead),
      ],
    ),
    table(
      "Most per second",
      ["", "per second", "/ bare", "failed"],
      [
        [`bare mutation, ${bytesPerWrite} bytes`, bare.perSecond.toFixed(0), "1.00", String(bare.failed)],
        [
          "empty route",
          emptyRoute.perSecond.toFixed(0),
          ratio(emptyRoute.perSecond, bare.perSecond),
          String(emptyRoute.failed),
        ],
        [
          "webhooks, agent off",
          agentOff.perSecond.toFixed(0),
          ratio(agentOff.perSecond, bare.perSecond),
          String(agentOff.failed),
        ],
        [
          "webhooks, agent on",
          agentOn.perSecond.toFixed(0),
          ratio(agentOn.perSecond, bare.perSecond),
          String(agentOn.failed),
        ],
        ["  its replies meanwhile", agentOn.repliesPerSecond.toFixed(1), "", ""],
      ],
    ),
    table("Where one webhook's time goes, alone", ["", "ms", "share"], splitRows(split)),
    table("Aims", ["", "is", "aim", ""], judge(figures).map(aimRow)),
  ].join("\n\n");
}

function latencyRow(name: string, { p50, p95, p99, max, count, failed }: Percentiles): string[] {
  return [name, ...[p50, p95, p99, max].map((ms) => ms.toFixed(1)), String(count), String(failed)];
}

function splitRows(split: Split): string[][] {
  const row = (name: string, ms: number) => [name, ms.toFixed(2), `${((100 * ms) / split.whole).toFixed(0)} %`];
  return [
    row("Next: an empty route", split.nextRoute),
    row("verify and parse", split.verifyAndParse),
    row("the rest of the route", split.restOfRoute),
    row("Convex over HTTP: an empty mutation", split.convexHttp),
    row("the client, and the token it shows", split.clientAndToken),
    row("ingest: functions and reads", split.functionsAndReads),
    row("ingest: writes and commit", split.writesAndCommit),
    row("one webhook", split.whole),
  ];
}

export function aimRow({ name, value, limit, unit, best, met }: Aim): string[] {
  const show = (number: number) => (unit === "x" ? number.toFixed(2) : `${number.toFixed(0)} ms`);
  return [name, show(value), `${best === "low" ? "<=" : ">="} ${show(limit)}`, met ? "met" : "MISSED"];
}

function ratio(part: number, whole: number): string {
  return (part / whole).toFixed(2);
}

/** The first column to the left, figures to the right. */
export function table(title: string, head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => (row[column] ?? "").length)));
  const line = (row: readonly string[]) =>
    `  ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join("  ")}`.trimEnd();
  return [title, ...[head, ...rows].map(line)].join("\n");
}
