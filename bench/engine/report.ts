import type { Percentiles } from "../latencies.ts";
import { aim, aimRow, table, type Aim } from "../report.ts";
import type { Load } from "./clients.ts";
import type { FanOut } from "./fan-out.ts";
import type { MutationCost } from "./mutations.ts";
import type { SlowReader } from "./slow-reader.ts";
import type { Watching } from "./subscriptions.ts";
import type { VolumeCost } from "./volume.ts";

export type EngineFigures = {
  mutations: { few: MutationCost; many: MutationCost };
  volume: VolumeCost;
  sockets: readonly Load[];
  http: Load;
  fanOut: readonly { few: FanOut; many: FanOut }[];
  watching: { few: Watching; many: Watching };
  slowReader: SlowReader;
};

const MB = 1_000_000;

/** What each figure is held to. */
export function judgeEngine({ mutations, volume, fanOut, watching, slowReader }: EngineFigures): Aim[] {
  const most = (limit: number) => ({ limit, unit: "x", best: "low" }) as const;
  const least = (limit: number) => ({ limit, unit: "x", best: "high" }) as const;
  const { few, many } = mutations;
  return [
    ...[few, many].map(({ notes, engine, bare }) =>
      aim(`mutation / bare SQLite, ${amount(notes)} notes, p50`, engine.p50 / bare.p50, most(4)),
    ),
    aim(`convex-test / engine, ${amount(few.notes)} notes, p50`, few.mock.p50 / few.engine.p50, least(2.5)),
    aim(`convex-test / engine, ${amount(many.notes)} notes, p50`, many.mock.p50 / many.engine.p50, least(25)),
    aim(`query, ${span(volume)}, p95`, volume.many.query.p95 / volume.few.query.p95, most(1.3)),
    aim(`mutation, ${span(volume)}, p95`, volume.many.mutation.p95 / volume.few.mutation.p95, most(1.3)),
    ...fanOut.flatMap((pair) => [
      aim(`${nameOf(pair.few)}, p95`, pair.few.update.p95, { limit: 10, unit: "ms", best: "low" }),
      aim(
        `${nameOf(pair.many)} / ${pair.few.subscribers}, last, p50`,
        pair.many.last.p50 / pair.few.last.p50,
        most(10),
      ),
    ]),
    aim(
      `news, ${amount(watching.many.subscriptions)} / ${watching.few.subscriptions} live, p50`,
      watching.many.news.p50 / watching.few.news.p50,
      most(1.3),
    ),
    aim("others' news beside a slow reader / alone, p50", slowReader.beside.p50 / slowReader.alone.p50, most(1.3)),
    aim("growth / what a slow reader was owed", slowReader.grownBytes / slowReader.owedBytes, most(0.25)),
  ];
}

/** Everything for a person to read. */
export function renderEngineReport(figures: EngineFigures): string {
  const { mutations, volume, sockets, http, fanOut, watching, slowReader } = figures;
  const both = fanOut.flatMap(({ few, many }) => [few, many]);
  const { few, many } = volume;
  return [
    table("In one process, ms", PERCENTILES, [
      ...[mutations.few, mutations.many].flatMap(({ notes, engine, bare, mock }) => [
        row(`engine, mutation among ${amount(notes)}`, engine),
        row("  bare node:sqlite", bare),
        row("  convex-test", mock),
      ]),
      ...[few, many].map(({ notes, query }) => row(`engine, query among ${amount(notes)}`, query)),
      ...[few, many].map(({ notes, mutation }) => row(`engine, mutation among ${amount(notes)}`, mutation)),
    ]),
    table(
      "Mutations over the network, ms",
      [...PERCENTILES, "per second", "engine's cpu"],
      [
        ...sockets.map((load) => loadRow(`${load.clients} WebSocket clients`, load)),
        loadRow(`HTTP, ${http.clients} at a time`, http),
      ],
    ),
    table(
      "From the write's answer to the news, ms",
      [...PERCENTILES, "last, p50", "engine's cpu"],
      both.map(fanOutRow),
    ),
    table("From a write to the news, ms", PERCENTILES, [
      ...[watching.few, watching.many].map(({ subscriptions, news }) => row(`${amount(subscriptions)} live`, news)),
      row("20 live", slowReader.alone),
      row("  beside a slow reader", slowReader.beside),
    ]),
    `The engine grew by ${(slowReader.grownBytes / MB).toFixed(0)} MB while a reader left ${(slowReader.owedBytes / MB).toFixed(0)} MB unread.`,
    table("Aims", ["", "is", "aim", ""], judgeEngine(figures).map(aimRow)),
  ].join("\n\n");
}

const PERCENTILES = ["", "p50", "p95", "p99", "max", "n"];

function row(name: string, { p50, p95, p99, max, count }: Percentiles): string[] {
  return [name, ...[p50, p95, p99, max].map((ms) => ms.toFixed(2)), String(count)];
}

function loadRow(name: string, { answers, perSecond, cpuMs }: Load): string[] {
  return [...row(name, answers), perSecond.toFixed(0), cpuMs.toFixed(2)];
}

function fanOutRow(measured: FanOut): string[] {
  return [...row(nameOf(measured), measured.update), measured.last.p50.toFixed(2), measured.cpuMs.toFixed(2)];
}

function nameOf({ subscribers, distinct }: FanOut): string {
  return `${amount(subscribers)} subscribers, ${distinct ? "a query each" : "one query"}`;
}

function span({ few, many }: VolumeCost): string {
  return `${amount(many.notes)} / ${amount(few.notes)} notes`;
}

function amount(count: number): string {
  return count.toLocaleString("en");
}
