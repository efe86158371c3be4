"use client";

import { useMutation, useQuery } from "convex/react";
import { ExternalLink } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { toast } from "sonner";
import { ConnectionState } from "@/components/connection/connection-state.tsx";
import { useErrorToast } from "@/components/shell/use-error-toast.ts";
import { Badge } from "@/components/ui/badge.tsx";
import { Button } from "@/components/ui/button.tsx";
import { CopyButton } from "@/components/ui/copy-button.tsx";
import { api } from "@/convex/_generated/api";
import { ChannelIcon } from "../inbox/channel-icon.tsx";
import { ConfirmDialog } from "./confirm-dialog.tsx";

/** The chat page that comes with every organization: on or off, and its address. */
export function WebchatCard({ manages }: { manages: boolean }) {
  const t = useTranslations("connections.webchat");
  const chat = useQuery(api.connections.webchat.get, {});
  if (chat === undefined) return null;
  const { enabled, slug } = chat;
  return (
    <li aria-labelledby="webchat" className="overflow-hidden rounded-xl border border-line bg-surface shadow-low">
      <div className="flex items-start gap-3.5 p-4 sm:p-5">
        <span className="grid size-9 shrink-0 place-items-center rounded-lg border border-line text-muted">
          <ChannelIcon channel="webchat" className="size-4.5" />
        </span>
        <div className="min-w-0 flex-1">
          <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <h3 id="webchat" className="text-base font-semibold tracking-tight">
              {t("title")}
            </h3>
            {enabled ? <ConnectionState state="connected" /> : <Badge>{t("off")}</Badge>}
          </div>
          <p className="mt-0.5 text-sm text-muted">{t(enabled ? "textOn" : "textOff")}</p>
        </div>
        {manages ? <Switch enabled={enabled} /> : null}
      </div>
      {enabled ? <Address slug={slug} /> : null}
    </li>
  );
}

function Switch({ enabled }: { enabled: boolean }) {
  const t = useTranslations("connections.webchat");
  const enable = useMutation(api.connections.webchat.enable);
  const disable = useMutation(api.connections.webchat.disable);
  const showError = useErrorToast();
  const [asking, setAsking] = useState(false);
  const [busy, start] = useTransition();
  const turnOn = () =>
    start(async () => {
      await enable({}).catch(showError);
    });
  const turnOff = async () => {
    await disable({}).then(() => toast.success(t("turnedOff")), showError);
  };
  return (
    <>
      <Button
        variant={enabled ? "secondary" : "primary"}
        busy={busy}
        onClick={enabled ? () => setAsking(true) : turnOn}
      >
        {t(enabled ? "turnOff" : "turnOn")}
      </Button>
      {asking ? (
        <ConfirmDialog id="webchat" name={t("title")} onConfirm={turnOff} onClose={() => setAsking(false)} />
      ) : null}
    </>
  );
}

/** Only drawn in the browser: the server does not know under which address people reach it. */
function Address({ slug }: { slug: string }) {
  const t = useTranslations("connections.webchat");
  const common = useTranslations("common");
  const url = `${window.location.origin}/c/${slug}`;
  return (
    <div className="flex items-center gap-2 border-t border-line bg-canvas px-4 py-2.5 sm:px-5">
      <bdi dir="ltr" className="min-w-0 flex-1 truncate font-mono text-sm">
        {url.replace(/^https?:\/\//, "")}
      </bdi>
      <CopyButton text={url} label={common("copy")} copiedLabel={common("copied")} />
      <Button asChild size="sm">
        <a href={url} target="_blank" rel="noreferrer">
          <ExternalLink aria-hidden />
          {t("open")}
        </a>
      </Button>
    </div>
  );
}
