import type { OptimisticLocalStore } from "convex/browser";
import { api } from "@/convex/_generated/api";
import type { MessageRow } from "./message-row.ts";

type Patch = { messageId: MessageRow["_id"]; change: Partial<Pick<MessageRow, "status" | "error">> };

/** Shows a change of a message before the server has answered, in whatever page of its thread it is. */
export function patchMessage(store: OptimisticLocalStore, { messageId, change }: Patch): void {
  for (const { args, value } of store.getAllQueries(api.inbox.messages.list)) {
    if (value === undefined || !value.page.some(({ _id }) => _id === messageId)) continue;
    const page = value.page.map((row) => (row._id === messageId ? { ...row, ...change } : row));
    store.setQuery(api.inbox.messages.list, args, { ...value, page });
  }
}
