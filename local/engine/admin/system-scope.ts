import type { Activity } from "../inspector/activity.ts";
import type { Transaction } from "../store/transaction.ts";
import type { App, Component, JsonObject } from "../types.ts";
import type { Exports } from "./exports.ts";
import type { Variables } from "./variables.ts";

/** What a system query may look at. What is left out is nowhere to be asked for. */
export type SystemScope = {
  tx: Transaction;
  app: App;
  component: Component;
  variables: Variables;
  exports?: Exports | undefined;
  activity?: Activity | undefined;
};

/** Gives the result's JSON text. */
export type SystemQuery = (scope: SystemScope, args: JsonObject) => string;
