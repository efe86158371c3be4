/** The one place that knows all providers. */
import { evolution } from "./evolution/index.ts";
import type { Connector } from "./types.ts";

const CONNECTORS: readonly Connector[] = [evolution];

export function listConnectors(): readonly Connector[] {
  return CONNECTORS;
}

/** By the id that webhook paths and `connections.connector` carry; `undefined` for one that we do not have. */
export function findConnector(id: string): Connector | undefined {
  return CONNECTORS.find(({ manifest }) => manifest.id === id);
}
