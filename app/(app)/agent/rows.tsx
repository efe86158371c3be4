"use client";

import { Plus } from "lucide-react";
import { type ReactNode, useContext, useId } from "react";
import { flushSync } from "react-dom";
import { Button } from "@/components/ui/button.tsx";
import { MAX_PLAYBOOK_ENTRIES } from "@/lib/domain/playbook-limits.ts";
import { RowActions } from "./row-actions.tsx";
import { ReadOnlyContext } from "./section.tsx";

type RowsProps = {
  rows: readonly { id: string }[];
  /** Names a row to those who cannot see which one a button stands in. */
  rowLabel: (at: number) => string;
  addLabel: string;
  /** Stands in place of rows. */
  empty?: string;
  onAdd: () => void;
  onRemove: (at: number) => void;
  /** Without it the order means nothing. */
  onMove?: (from: number, to: number) => void;
  /** Puts the buttons of the row where they fit best. */
  children: (at: number, actions: ReactNode) => ReactNode;
};

/** A list that people add to, take from and put in order. The focus stays with the row that moved, or goes on to the next. */
export function Rows({ rows, rowLabel, addLabel, empty, onAdd, onRemove, onMove, children }: RowsProps) {
  const listId = useId();
  const isReadOnly = useContext(ReadOnlyContext);
  const { remove, move } = keepFocus(listId, { onRemove, onMove });
  const actionsOf = (at: number) => (
    <RowActions
      idPrefix={listId}
      at={at}
      count={rows.length}
      label={rowLabel(at)}
      onRemove={remove}
      onMove={onMove === undefined ? undefined : move}
    />
  );
  return (
    <div className="grid gap-3">
      {rows.length === 0 && empty ? <p className="text-sm text-muted">{empty}</p> : null}
      {rows.length === 0 ? null : (
        <ul className="grid gap-3">
          {rows.map((row, at) => (
            <li key={row.id} className="min-w-0">
              {children(at, isReadOnly ? null : actionsOf(at))}
            </li>
          ))}
        </ul>
      )}
      {isReadOnly ? null : (
        <Button
          id={`${listId}-add`}
          size="sm"
          className="justify-self-start"
          disabled={rows.length >= MAX_PLAYBOOK_ENTRIES}
          onClick={onAdd}
        >
          <Plus aria-hidden />
          {addLabel}
        </Button>
      )}
    </div>
  );
}

/** The same acts, which leave the focus where one goes on from. */
function keepFocus(listId: string, { onRemove, onMove }: Pick<RowsProps, "onRemove" | "onMove">) {
  return {
    remove: (at: number) => {
      flushSync(() => onRemove(at));
      focusFirst(`${listId}-remove-${at}`, `${listId}-add`);
    },
    move: (from: number, to: number) => {
      flushSync(() => onMove?.(from, to));
      const [same, other] = to < from ? ["up", "down"] : ["down", "up"];
      focusFirst(`${listId}-${same}-${to}`, `${listId}-${other}-${to}`);
    },
  };
}

/** A button at the end of the list cannot go further: it is there, but takes no focus. */
function focusFirst(...ids: string[]): void {
  const buttons = ids.map((id) => document.getElementById(id));
  buttons.find((button) => button !== null && !button.matches(":disabled"))?.focus();
}
