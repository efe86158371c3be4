"use client";

import { createContext, useContext, type RefObject } from "react";

/** The list as it is shown beside a conversation: what comes after which, and how to lead the focus there. */
export type ListOrder = { ids: readonly string[]; focus: (id: string) => void };

const nowhere: RefObject<ListOrder> = { current: { ids: [], focus: () => {} } };

export const ListOrderContext = createContext<RefObject<ListOrder>>(nowhere);

/** Read it when something happens, not while drawing: it changes with every new message. */
export function useListOrder(): RefObject<ListOrder> {
  return useContext(ListOrderContext);
}
