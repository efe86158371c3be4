import type { Clock, Commit, ComponentPath, SchemaJson } from "../types.ts";
import type { Transaction } from "./transaction.ts";

export type StoreOptions = { file: string; synchronous?: "OFF" | "NORMAL" | "FULL"; clock: Clock };

export declare class Store {
  constructor(options: StoreOptions);
  latestTimestamp(): bigint;
  pushSchemas(schemas: ReadonlyMap<ComponentPath, SchemaJson | null>): void;
  read<T>(body: (tx: Transaction) => T): T;
  write<T>(body: (tx: Transaction) => T): { value: T; timestamp: bigint };
  onCommit(listener: (commit: Commit) => void): () => void;
  close(): void;
}
