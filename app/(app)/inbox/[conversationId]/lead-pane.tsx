"use client";

import { X } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import Link from "next/link";
import type { ReactNode } from "react";
import { useViewerZone } from "@/components/time/use-viewer-zone.ts";
import { Avatar } from "@/components/ui/avatar.tsx";
import { Button } from "@/components/ui/button.tsx";
import { useInboxPath } from "../inbox-params.ts";
import type { Conversation } from "../rows.ts";
import { LeadConnection } from "./lead-connection.tsx";
import { LeadQualification } from "./lead-qualification.tsx";
import { CopyableRow, LeadRow } from "./lead-row.tsx";
import { LeadSection } from "./lead-section.tsx";

/** How far the lead has come, what is known of them, and by which addresses they are known. */
export function LeadPane({ conversation }: { conversation: Conversation }) {
  const t = useTranslations("inbox.lead");
  const { contact, connection, isGroup } = conversation;
  const name = contact.name ?? conversation.title;
  const format = useFormatter();
  const timeZone = useViewerZone();
  return (
    <aside aria-label={t("title")} className="flex min-h-0 flex-1 flex-col">
      <header className="flex h-12 shrink-0 items-center justify-between border-b border-line ps-4 pe-2">
        <h2 className="text-sm font-semibold tracking-tight">{t(isGroup ? "group" : "title")}</h2>
        <CloseLink conversationId={conversation._id} />
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="flex items-center gap-3 px-4 py-4">
          <Avatar name={name} size="lg" />
          <div className="min-w-0">
            <p className="text-base font-semibold tracking-tight [overflow-wrap:anywhere]">{name}</p>
            {contact.company === null ? null : <p className="text-sm text-muted">{contact.company}</p>}
          </div>
        </div>
        <LeadQualification conversation={conversation} />
        <Section title={t("contact")}>
          {contact.phone === null ? null : <CopyableRow label={t("phone")} value={contact.phone} />}
          {contact.email === null ? null : <CopyableRow label={t("email")} value={contact.email} />}
          {contact.locale === null ? null : <LeadRow label={t("language")}>{t(languageOf(contact.locale))}</LeadRow>}
          <LeadRow label={t("since")}>{format.dateTime(contact.createdAt, { timeZone, dateStyle: "medium" })}</LeadRow>
        </Section>
        <Section title={t("identities")}>
          {contact.identities.map(({ kind, value }) => (
            <CopyableRow key={`${kind} ${value}`} label={t(`kinds.${identityKind(kind)}`)} value={value} isCode />
          ))}
        </Section>
        <Section title={t("connection")}>
          <LeadConnection connection={connection} channel={conversation.channel} />
        </Section>
      </div>
    </aside>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <LeadSection title={title}>
      <dl className="grid">{children}</dl>
    </LeadSection>
  );
}

function CloseLink({ conversationId }: { conversationId: string }) {
  const t = useTranslations("inbox.thread");
  const path = useInboxPath();
  return (
    <Button asChild variant="ghost" size="icon" className="xl:hidden">
      <Link href={path(`/inbox/${conversationId}`)} replace aria-label={t("hideLead")}>
        <X aria-hidden />
      </Link>
    </Button>
  );
}

const identityKinds = ["phone", "lid", "group", "bsuid", "igsid", "psid", "email", "webchat"] as const;

function identityKind(kind: string): (typeof identityKinds)[number] | "other" {
  return identityKinds.find((known) => known === kind) ?? "other";
}

function languageOf(locale: string): "portuguese" | "english" | "spanish" | "otherLanguage" {
  const language = locale.split("-", 1).join("").toLowerCase();
  return ({ pt: "portuguese", en: "english", es: "spanish" } as const)[language] ?? "otherLanguage";
}
