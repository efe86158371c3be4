"use client";

import { useRouter } from "next/navigation";
import { useInboxPath } from "./inbox-params.ts";
import { useListOrder } from "./list-order.ts";

/** From a conversation that is done with on to the next one of the list; on a phone, which shows one thing at a time, back to the list. */
export function useLeaveDone(): (conversationId: string) => void {
  const router = useRouter();
  const path = useInboxPath();
  const order = useListOrder();
  return (conversationId) => {
    const next = order.neighbourOf(conversationId);
    const showsBoth = window.matchMedia("(min-width: 48rem)").matches;
    if (next === null || !showsBoth) return router.push(path("/inbox"));
    router.push(path(`/inbox/${next}`));
    order.focus(next);
  };
}
