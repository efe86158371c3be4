"use client";

import { createContext, useContext } from "react";
import { neighbourOf } from "./roving.ts";

type ShownList = { ids: readonly string[]; focus: (id: string) => void };

/** The list as it is shown beside a conversation: what comes after which, and how to lead the focus there. */
export class ListOrder {
  #shown: ShownList = { ids: [], focus: () => {} };

  show(list: ShownList): void {
    this.#shown = list;
  }

  /** Null when there is no other line. */
  neighbourOf(id: string): string | null {
    return neighbourOf(this.#shown.ids, id);
  }

  focus(id: string): void {
    this.#shown.focus(id);
  }
}

export const ListOrderContext = createContext(new ListOrder());

/** Ask it when something happens, not while drawing: it changes with every new message. */
export function useListOrder(): ListOrder {
  return useContext(ListOrderContext);
}
