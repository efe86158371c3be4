import { z } from "zod";
import type { Id } from "@/convex/_generated/dataModel";

const schema = z.custom<Id<"messages">>((value) => typeof value === "string" && /^[a-z0-9]{20,40}$/.test(value));

/** Evidence names its message in plain text; null for what cannot be one. */
export function parseMessageId(text: string): Id<"messages"> | null {
  return schema.safeParse(text).data ?? null;
}
