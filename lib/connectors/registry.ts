/** The one place that knows all providers. */
import { evolution, evolutionAccounts } from "./evolution/index.ts";
import type { AccountOperations, Connector } from "./types.ts";
import { webchat } from "./webchat/index.ts";

const CONNECTORS: readonly Connector[] = [evolution, webchat];

export function listConnectors(): readonly Connector[] {
  return CONNECTORS;
}

/** By the id that webhook paths and `connections.connector` carry; `undefined` for one that we do not have. */
export function findConnector(id: string): Connector | undefined {
  return CONNECTORS.find(({ manifest }) => manifest.id === id);
}

/** How accounts of this provider are made and paired; `undefined` where people connect in another way. */
export function findAccountOperations(id: string): AccountOperations | undefined {
  return id === evolution.manifest.id ? evolutionAccounts : undefined;
}
