"use client";

import { useAction } from "convex/react";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { Button } from "@/components/ui/button.tsx";
import { api } from "@/convex/_generated/api";
import type { Connection } from "./rows.ts";
import type { Story } from "./story.ts";
import { useSetupToast } from "./use-setup-toast.ts";

type WayOutProps = { connection: Connection; next: Exclude<Story["next"], "nothing"> };

/** Leads to where the connection is set up, and asks for a code on the way when there is an account to pair. */
export function WayOut({ connection, next }: WayOutProps) {
  const t = useTranslations("connections");
  const connect = useAction(api.connections.accounts.connect);
  const showProblem = useSetupToast();
  const { _id: connectionId, state } = connection;
  const ask = () => {
    connect({ connectionId }).catch(showProblem);
  };
  return (
    <Button asChild variant="primary" className="mt-3" onClick={next === "pair" ? ask : undefined}>
      <Link href={`/connections/${connectionId}`}>{t(`wayOut.${state === "pairing" ? "pairing" : next}`)}</Link>
    </Button>
  );
}
