import { z } from "zod";
import type { Id } from "@/convex/_generated/dataModel";

const schema = z.custom<Id<"conversations">>((value) => typeof value === "string" && /^[a-z0-9]{20,40}$/.test(value));

/** What stands in the address, if it can be a conversation at all: whether there is one, and whose, the server says. */
export function parseConversationId(text: string): Id<"conversations"> | null {
  return schema.safeParse(text).data ?? null;
}
