import type { FunctionArgs } from "convex/server";
import type { api } from "@/convex/_generated/api";
import type { Conversation } from "../rows.ts";

/**
 * What the one button between the agent and people does: a person who answers may give the conversation back, any other conversation can be
 * taken over. Null where neither makes sense: nobody answers a group, or what is done.
 */
export function handoverOf({
  isGroup,
  status,
  handler,
}: Pick<Conversation, "isGroup" | "status" | "handler">): "takeOver" | "giveBack" | null {
  if (isGroup || status === "done") return null;
  return handler === "member" ? "giveBack" : "takeOver";
}

type Before = FunctionArgs<typeof api.inbox.conversations.undoTakeOver>["before"];

/** What taking over changes, as it is before. */
export function stateBefore({
  status,
  handler,
  assignee,
}: Pick<Conversation, "status" | "handler" | "assignee">): Before {
  return {
    handler: handler === "agent" ? "agent" : "none",
    status: status === "waiting" ? "waiting" : "open",
    isAssigned: assignee !== null,
  };
}
