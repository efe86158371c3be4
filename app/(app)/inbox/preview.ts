import { firstName } from "./handler.ts";

/** Who said the last thing, where that is not the contact: an empty prefix would be taken for the agent's. */
export type PreviewAuthor =
  | { kind: "contact" | "ai" | "you" | "team" | "automation" }
  | { kind: "member"; name: string };

type Last = {
  author: "contact" | "agent" | "member" | "automation";
  /** Null where the member is not known: somebody wrote on the phone itself. */
  memberId: string | null;
  memberName: string | null;
};

export function previewAuthorOf(last: Last, viewerId: string): PreviewAuthor {
  if (last.author === "agent") return { kind: "ai" };
  if (last.author !== "member") return { kind: last.author };
  if (last.memberId === viewerId) return { kind: "you" };
  return !last.memberName ? { kind: "team" } : { kind: "member", name: firstName(last.memberName) };
}
