import type { OptimisticLocalStore } from "convex/browser";
import type { FunctionArgs } from "convex/server";
import type { Viewer } from "@/components/shell/viewer.ts";
import { api } from "@/convex/_generated/api";
import { belongsTo } from "./filters.ts";
import type { ConversationRow } from "./rows.ts";

type StateBefore = FunctionArgs<typeof api.inbox.conversations.undoTakeOver>["before"];
type RowChange = Partial<Pick<ConversationRow, "unread" | "status" | "handler" | "assignee">>;

type Patch = {
  conversationId: ConversationRow["_id"];
  viewerId: string;
  change: RowChange | ((row: ConversationRow) => RowChange);
};

/**
 * Shows a change in every view of a conversation at once, before the server has answered. Lines that no longer belong to a view leave
 * it. Convex takes it all back when the mutation fails.
 */
export function patchRows(store: OptimisticLocalStore, { conversationId, viewerId, change }: Patch): void {
  const changed = <Row extends ConversationRow>(row: Row): Row =>
    row._id === conversationId ? { ...row, ...(typeof change === "function" ? change(row) : change) } : row;
  for (const { args, value } of store.getAllQueries(api.inbox.conversations.list)) {
    if (value === undefined) continue;
    const page = value.page.map(changed).filter((row) => {
      return row._id !== conversationId || belongsTo(args.filter, row, viewerId);
    });
    store.setQuery(api.inbox.conversations.list, args, { ...value, page });
  }
  for (const { args, value } of store.getAllQueries(api.inbox.conversations.search)) {
    if (value !== undefined) store.setQuery(api.inbox.conversations.search, args, value.map(changed));
  }
  for (const { args, value } of store.getAllQueries(api.inbox.conversations.get)) {
    if (value !== undefined) store.setQuery(api.inbox.conversations.get, args, changed(value));
  }
}

/** What becomes of a line whose conversation a person answers from now on, as the server does it. */
export function takenOver({ memberId, name }: Pick<Viewer, "memberId" | "name">) {
  return ({ status, assignee }: ConversationRow): RowChange => ({
    handler: "member",
    status: status === "waiting" ? "open" : status,
    assignee: assignee ?? { memberId, name, imageUrl: null },
  });
}

/** And of one that is given back to the agent. */
export function givenBack({ status }: ConversationRow): RowChange {
  return { handler: "agent", status: status === "waiting" ? "open" : status };
}

/** And of one whose take-over is taken back. */
export function letGo({ handler, status, isAssigned }: StateBefore) {
  return ({ assignee }: ConversationRow): RowChange => ({ handler, status, assignee: isAssigned ? assignee : null });
}
