"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useMay } from "@/components/shell/viewer.ts";
import { Button } from "@/components/ui/button.tsx";
import { Menu, MenuItem, MenuLabel } from "@/components/ui/menu.tsx";
import type { Id } from "@/convex/_generated/dataModel";
import type { FactValue } from "@/lib/domain/qualification-facts.ts";
import { type Lead, type MissingFact, useLeadActions } from "./lead-actions.ts";
import { LeadFactEditor } from "./lead-fact-editor.tsx";
import { LeadFactRow } from "./lead-fact-row.tsx";
import { LeadSection } from "./lead-section.tsx";
import { useLeadWords } from "./lead-words.ts";

type LeadFactsProps = { lead: Lead; conversationId: Id<"conversations"> };

/** What is known, with its proof; what is not can be added by who may edit leads. */
export function LeadFacts({ lead, conversationId }: LeadFactsProps) {
  const t = useTranslations("inbox.lead");
  const mayEdit = useMay("leads:edit");
  const { save, showError } = useLeadActions(conversationId);
  const [adding, setAdding] = useState<MissingFact | null>(null);
  const add = (fact: MissingFact, value: FactValue) => {
    setAdding(null);
    void save(fact, value).catch(showError);
  };
  if (lead.facts.length === 0 && !mayEdit) return null;
  return (
    <LeadSection
      title={t("facts")}
      action={mayEdit && lead.missing.length > 0 ? <AddMenu missing={lead.missing} onChoose={setAdding} /> : undefined}
    >
      {adding === null ? null : (
        <LeadFactEditor
          key={adding.key}
          fact={adding}
          currency={lead.currency}
          onSave={(value) => add(adding, value)}
          onCancel={() => setAdding(null)}
        />
      )}
      {lead.facts.length === 0 && adding === null ? <p className="text-xs text-muted">{t("noFacts")}</p> : null}
      <ul className="grid">
        {lead.facts.map((fact) => (
          <LeadFactRow
            key={fact.holds === "one" ? fact.key : fact._id}
            fact={fact}
            currency={lead.currency}
            mayEdit={mayEdit}
            conversationId={conversationId}
          />
        ))}
      </ul>
    </LeadSection>
  );
}

function AddMenu({ missing, onChoose }: { missing: Lead["missing"]; onChoose: (fact: MissingFact) => void }) {
  const t = useTranslations("inbox.lead");
  const { labelOf } = useLeadWords();
  return (
    <Menu
      align="end"
      trigger={
        <Button variant="ghost" size="sm" className="-me-2 px-2">
          <Plus aria-hidden />
          {t("addFact")}
        </Button>
      }
    >
      <MenuLabel>{t("addWhich")}</MenuLabel>
      {missing.map((fact) => (
        <MenuItem key={fact.key} onSelect={() => onChoose(fact)}>
          <span className="flex-1">{labelOf(fact)}</span>
          {fact.isRequired ? <span className="text-xs text-faint">{t("required")}</span> : null}
        </MenuItem>
      ))}
    </Menu>
  );
}
