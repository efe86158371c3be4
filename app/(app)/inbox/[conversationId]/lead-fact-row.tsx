"use client";

import { Pencil, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button.tsx";
import type { Id } from "@/convex/_generated/dataModel";
import { type FactValue, isSameFactValue } from "@/lib/domain/qualification-facts.ts";
import { firstName } from "../handler.ts";
import { type LeadFact, useLeadActions } from "./lead-actions.ts";
import { LeadFactEditor } from "./lead-fact-editor.tsx";
import { LeadQuote } from "./lead-quote.tsx";
import { useLeadWords } from "./lead-words.ts";

type LeadFactRowProps = { fact: LeadFact; currency: string; mayEdit: boolean; conversationId: Id<"conversations"> };

export function LeadFactRow({ fact, currency, mayEdit, conversationId }: LeadFactRowProps) {
  const { save, showError } = useLeadActions(conversationId);
  const { labelOf, valueOf } = useLeadWords();
  const [isEditing, setIsEditing] = useState(false);
  const edit = useRef<HTMLButtonElement>(null);
  const close = () => {
    setIsEditing(false);
    requestAnimationFrame(() => edit.current?.focus());
  };
  const change = (value: FactValue) => {
    close();
    void save(fact, value).catch(showError);
  };
  if (isEditing) {
    return (
      <li>
        <LeadFactEditor fact={fact} value={fact.value} currency={currency} onSave={change} onCancel={close} />
      </li>
    );
  }
  return (
    <li className="group relative -mx-2 rounded-md px-2 py-1.5 touch:pe-24 focus-within:bg-hover hover:bg-hover">
      <p className="flex justify-between gap-3 text-xs text-muted">
        {labelOf(fact)}
        <Source fact={fact} />
      </p>
      {isVerbatim(fact) ? null : <p className="text-sm font-medium [overflow-wrap:anywhere]">{valueOf(fact.value)}</p>}
      {fact.quote === null || fact.messageId === null ? null : (
        <LeadQuote
          {...fact}
          quote={fact.quote}
          messageId={fact.messageId}
          isValue={isVerbatim(fact)}
          conversationId={conversationId}
        />
      )}
      {mayEdit ? (
        <span className="absolute end-1 top-1 flex rounded-md bg-hover opacity-0 transition-opacity group-focus-within:opacity-100 group-hover:opacity-100 touch:bg-transparent touch:opacity-100">
          <FactActions fact={fact} editRef={edit} onEdit={() => setIsEditing(true)} conversationId={conversationId} />
        </span>
      ) : null}
    </li>
  );
}

/** The value is the quote itself: it is not said twice. */
function isVerbatim({ value, quote, messageId }: LeadFact): boolean {
  return quote !== null && messageId !== null && typeof value === "string" && isSameFactValue(value, quote);
}

type FactActionsProps = {
  fact: LeadFact;
  editRef: React.RefObject<HTMLButtonElement | null>;
  onEdit: () => void;
  conversationId: Id<"conversations">;
};

function FactActions({ fact, editRef, onEdit, conversationId }: FactActionsProps) {
  const t = useTranslations("inbox.lead");
  const { remove, showError } = useLeadActions(conversationId);
  const { labelOf } = useLeadWords();
  const label = labelOf(fact);
  return (
    <>
      <Button
        ref={editRef}
        variant="ghost"
        size="icon"
        className={actionStyle}
        aria-label={t("edit", { label })}
        onClick={onEdit}
      >
        <Pencil aria-hidden />
      </Button>
      <Button
        variant="ghost"
        size="icon"
        className={actionStyle}
        aria-label={t("remove", { label })}
        onClick={() => void remove(fact).catch(showError)}
      >
        <Trash2 aria-hidden />
      </Button>
    </>
  );
}

const actionStyle = "size-7 [&_svg]:size-3.5";

/** Whose word it is: with the lead's own words below, only how sure it is. */
function Source({ fact: { source, by, confidence, quote } }: { fact: LeadFact }) {
  const t = useTranslations("inbox.lead");
  const { sureness } = useLeadWords();
  const words =
    source === "member"
      ? by === null
        ? t("corrected")
        : t("correctedBy", { name: firstName(by) })
      : quote !== null
        ? sureness(confidence)
        : `${t(source === "lead" ? "saidByLead" : "fromForm")} · ${sureness(confidence)}`;
  return <span className="shrink-0 text-2xs text-faint">{words}</span>;
}
