"use client";

import { useQuery } from "convex/react";
import { BookOpen } from "lucide-react";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { PageHeader } from "@/components/shell/page-header.tsx";
import { useMay } from "@/components/shell/viewer.ts";
import { Button } from "@/components/ui/button.tsx";
import { EmptyState } from "@/components/ui/empty-state.tsx";
import { api } from "@/convex/_generated/api";
import { AgentSkeleton } from "./agent-skeleton.tsx";
import { PlaybookEditor } from "./playbook-editor.tsx";

export function AgentWorkspace() {
  const t = useTranslations("agent");
  const published = useQuery(api.agent.playbooks.get, {});
  if (published === undefined) return <AgentSkeleton title={t("title")} />;
  if (published !== null) return <PlaybookEditor published={published} />;
  return (
    <>
      <PageHeader title={t("title")} />
      <Untaught />
    </>
  );
}

/** Before the first run there is nothing to edit. */
function Untaught() {
  const t = useTranslations("agent");
  const teaches = useMay("agent:edit");
  return (
    <EmptyState
      icon={<BookOpen aria-hidden />}
      title={t("untaught")}
      action={
        teaches ? (
          <Button asChild variant="primary">
            <Link href="/welcome">{t("teach")}</Link>
          </Button>
        ) : null
      }
    >
      {teaches ? t("untaughtHint") : t("untaughtForMember")}
    </EmptyState>
  );
}
