import type { FunctionReturnType } from "convex/server";
import type { api } from "@/convex/_generated/api";

/** What a run understood, decided and checked. */
export type Why = FunctionReturnType<typeof api.agent.traces.get>;
