"use client";

import { useQuery } from "convex/react";
import { PlugZap } from "lucide-react";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { useMay } from "@/components/shell/viewer.ts";
import { Button } from "@/components/ui/button.tsx";
import { EmptyState } from "@/components/ui/empty-state.tsx";
import { Skeleton } from "@/components/ui/skeleton.tsx";
import { api } from "@/convex/_generated/api";
import { ServerStep } from "../server-step.tsx";
import { SetupFrame } from "../setup-frame.tsx";
import { setupStepOf } from "../setup-step.ts";
import { DoneStep } from "./done-step.tsx";
import { ScanStep } from "./scan-step.tsx";

/** The setup of a connection, at the step where it is; what happens at the server or on the phone moves it on. */
export function ConnectionSetup({ connectionId }: { connectionId: string }) {
  const manages = useMay("connections:manage");
  const setup = useQuery(api.connections.connections.get, manages ? { connectionId } : "skip");
  if (setup === null) return <NoSuchConnection />;
  if (setup === undefined) {
    return (
      <SetupFrame step="server">{manages ? <Skeleton className="h-80 rounded-xl appear-late" /> : null}</SetupFrame>
    );
  }
  const step = setupStepOf(setup);
  return (
    <SetupFrame step={step} name={setup.name}>
      {step === "server" ? <ServerStep setup={setup} /> : null}
      {step === "scan" ? <ScanStep setup={setup} /> : null}
      {step === "done" ? <DoneStep setup={setup} /> : null}
    </SetupFrame>
  );
}

function NoSuchConnection() {
  const t = useTranslations("connections.gone");
  return (
    <EmptyState
      heading="h1"
      icon={<PlugZap aria-hidden />}
      title={t("title")}
      action={
        <Button asChild>
          <Link href="/connections">{t("action")}</Link>
        </Button>
      }
    >
      {t("text")}
    </EmptyState>
  );
}
