import type { FunctionReturnType } from "convex/server";
import type { api } from "@/convex/_generated/api";

export type MessageRow = FunctionReturnType<typeof api.inbox.messages.list>["page"][number];

export type MessageMedia = NonNullable<MessageRow["media"]>;
