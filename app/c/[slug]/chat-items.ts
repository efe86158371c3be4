import type { FunctionReturnType } from "convex/server";
import { dayOf } from "@/components/time/days.ts";
import type { api } from "@/convex/_generated/api";
import type { Unsent } from "./use-outbox.ts";

export type Row = NonNullable<FunctionReturnType<typeof api.webchat.visitor.thread>>["rows"][number];

export type ChatItem = {
  /** The same before and after a message arrives, so that nothing blinks. */
  key: string;
  from: Row["from"];
  name: string | null;
  text: string;
  at: number;
  unsent: Unsent | null;
  startsDay: boolean;
  /** The first of several in a row from one side. */
  startsGroup: boolean;
};

/** What the thread has, then what is on its way; a message that is in both is shown once. */
export function chatItems(rows: readonly Row[], unsent: readonly Unsent[], timeZone: string): ChatItem[] {
  const arrived = new Set(rows.map(({ clientId }) => clientId));
  const items = [
    ...rows.map(({ _id, clientId, from, name, text, at }) => ({
      key: clientId ?? _id,
      from,
      name,
      text,
      at,
      unsent: null,
    })),
    ...unsent
      .filter(({ clientId }) => !arrived.has(clientId))
      .map((one) => ({
        key: one.clientId,
        from: "visitor" as const,
        name: null,
        text: one.text,
        at: one.at,
        unsent: one,
      })),
  ];
  return items.map((item, index) => {
    const before = items[index - 1];
    const startsDay = before === undefined || dayOf(before.at, timeZone) !== dayOf(item.at, timeZone);
    const sameVoice = before?.from === item.from && before.name === item.name;
    return { ...item, startsDay, startsGroup: startsDay || !sameVoice };
  });
}
