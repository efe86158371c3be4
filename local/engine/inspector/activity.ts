import type { Target } from "../sync/protocol.ts";
import { FunctionStats } from "./function-stats.ts";

/** `queries` are those that somebody watches: how many do, and on how many ranges of keys the result depends. */
export type Watched = { sockets: number; queries: { target: Target; subscribers: number; ranges: number }[] };

/** What goes on in the engine and is in no table: it is asked for again and again, not watched. */
export class Activity {
  readonly functions = new FunctionStats();
  #watched: () => Watched = () => ({ sockets: 0, queries: [] });

  /** Says who knows what is being watched: the sockets open after the engine. */
  follow(watched: () => Watched): void {
    this.#watched = watched;
  }

  get watched(): Watched {
    return this.#watched();
  }
}
