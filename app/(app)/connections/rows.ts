import type { FunctionReturnType } from "convex/server";
import type { api } from "@/convex/_generated/api";

export type Connection = FunctionReturnType<typeof api.connections.connections.list>[number];
export type Condition = Pick<Connection, "state" | "reason">;

/** A connection as its setup needs it. */
export type Setup = NonNullable<FunctionReturnType<typeof api.connections.connections.get>>;
