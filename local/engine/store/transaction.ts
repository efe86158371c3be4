import type { ComponentPath, JsonObject, ReadRange } from "../types.ts";
import type { Table } from "./catalog.ts";

export declare class Transaction {
  readonly writable: boolean;
  usedIdentity: boolean;
  get reads(): readonly ReadRange[];
  get files(): {
    put(id: string, bytes: Uint8Array): void;
    get(id: string): Uint8Array | null;
    remove(id: string): void;
  };
  table(component: ComponentPath, name: string): Table | null;
  ensureTable(component: ComponentPath, name: string): Table;
  tableNameOf(component: ComponentPath, id: string): string | null;
  get(table: Table, id: string): string | null;
  insert(table: Table, fields: JsonObject): string;
  replace(table: Table, id: string, document: JsonObject): void;
  remove(table: Table, id: string): void;
  subtransaction<T>(body: () => T): T;
  countScheduled(argsBytes: number): void;
  recallResponse(sessionId: string, requestId: number): string | null;
  rememberResponse(sessionId: string, requestId: number, response: string): void;
}
