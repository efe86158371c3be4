"use client";

import { useMutation } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { useTranslations } from "next-intl";
import { toast } from "sonner";
import { useErrorToast } from "@/components/shell/use-error-toast.ts";
import { api } from "@/convex/_generated/api";
import type { Id } from "@/convex/_generated/dataModel";
import type { FactValue } from "@/lib/domain/qualification-facts.ts";
import { useLeadWords } from "./lead-words.ts";

export type Lead = NonNullable<FunctionReturnType<typeof api.agent.leads.get>>;
export type LeadFact = Lead["facts"][number];
export type MissingFact = Lead["missing"][number];

/** Each shows at once, and can be taken back from its toast. A missing fact is added, a known one corrected. */
export function useLeadActions(conversationId: Id<"conversations">) {
  const t = useTranslations("inbox.lead");
  const { labelOf } = useLeadWords();
  const showError = useErrorToast();
  const undo = useMutation(api.agent.leads.undo);
  const correct = useMutation(api.agent.leads.correct).withOptimisticUpdate((store, { key, value, factId }) => {
    const lead = store.getQuery(api.agent.leads.get, { conversationId });
    if (!lead) return;
    const facts = lead.facts.map((fact) => {
      const isIt = factId === undefined ? fact.key === key && fact.holds === "one" : fact._id === factId;
      return isIt ? { ...fact, value, source: "member" as const, quote: null, messageId: null, confidence: 1 } : fact;
    });
    store.setQuery(api.agent.leads.get, { conversationId }, { ...lead, facts });
  });
  const forget = useMutation(api.agent.leads.forget).withOptimisticUpdate((store, { factId }) => {
    const lead = store.getQuery(api.agent.leads.get, { conversationId });
    if (!lead) return;
    const facts = lead.facts.filter(({ _id }) => _id !== factId);
    store.setQuery(api.agent.leads.get, { conversationId }, { ...lead, facts });
  });
  const offerUndo = (said: "saved" | "removed", fact: MissingFact | LeadFact, factId: Id<"facts">) => {
    const onClick = () => void undo({ conversationId, factId }).catch(showError);
    toast(t(said, { label: labelOf(fact) }), { action: { label: t("undo"), onClick } });
  };
  return {
    save: async (fact: MissingFact | LeadFact, value: FactValue) => {
      const which = "_id" in fact ? { factId: fact._id } : {};
      const written = await correct({ conversationId, key: fact.key, value, ...which });
      offerUndo("saved", fact, written);
    },
    remove: async (fact: LeadFact) => {
      await forget({ conversationId, key: fact.key, factId: fact._id });
      offerUndo("removed", fact, fact._id);
    },
    showError,
  };
}
