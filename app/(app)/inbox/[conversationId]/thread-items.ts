import { dayOf } from "@/components/time/days.ts";
import type { MessageRow } from "./message-row.ts";

/** A message and what stands around it. What is drawn above a message belongs to it: history that is loaded later moves nothing else. */
export type ThreadItem = {
  message: MessageRow;
  /** First of its day: a line with the day stands above. */
  startsDay: boolean;
  /** First that this person has not read yet. */
  startsUnread: boolean;
  /** First and last of what one author said in one go. */
  startsGroup: boolean;
  endsGroup: boolean;
};

type Thread = {
  /** Oldest first. */
  messages: readonly MessageRow[];
  timeZone: string;
  /** The last `seq` that was read when the thread was opened; null draws no line. */
  readSeq: number | null;
  /** Nothing older is to come. Until then, whether the oldest message begins its day is not known. */
  isComplete: boolean;
};

const groupPauseMs = 5 * 60_000;

export function buildThread({ messages, timeZone, readSeq, isComplete }: Thread): ThreadItem[] {
  const unread =
    readSeq === null ? -1 : messages.findIndex(({ seq, direction }) => seq > readSeq && direction === "inbound");
  const items: ThreadItem[] = [];
  for (const [index, message] of messages.entries()) {
    const before = items.at(-1);
    const startsDay =
      before === undefined ? isComplete : dayOf(before.message.sortAt, timeZone) !== dayOf(message.sortAt, timeZone);
    const startsUnread = index === unread;
    const startsGroup = startsDay || startsUnread || before === undefined || !isOneGo(before.message, message);
    if (before !== undefined && !startsGroup) before.endsGroup = false;
    items.push({ message, startsDay, startsUnread, startsGroup, endsGroup: true });
  }
  return items;
}

function isOneGo(before: MessageRow, after: MessageRow): boolean {
  return (
    before.direction === after.direction &&
    before.author.kind === after.author.kind &&
    before.author.name === after.author.name &&
    after.sortAt - before.sortAt < groupPauseMs
  );
}

/** How many messages came in after `seq`. */
export function countNewer(messages: readonly MessageRow[], seq: number): number {
  return messages.filter((message) => message.seq > seq && message.direction === "inbound").length;
}

export function newestSeq(messages: readonly MessageRow[]): number {
  return messages.reduce((newest, { seq }) => Math.max(newest, seq), 0);
}
