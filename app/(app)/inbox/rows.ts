import type { FunctionReturnType } from "convex/server";
import type { api } from "@/convex/_generated/api";

/** One line of the list. */
export type ConversationRow = FunctionReturnType<typeof api.inbox.conversations.search>[number];

/** A conversation that is open: its line, who answers, its connection and its contact. */
export type Conversation = FunctionReturnType<typeof api.inbox.conversations.get>;

export type Channel = ConversationRow["channel"];
