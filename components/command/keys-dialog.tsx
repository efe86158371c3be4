"use client";

import { useTranslations } from "next-intl";
import Link from "next/link";
import { Dialog } from "@/components/ui/dialog.tsx";
import { groupCommands, type Command } from "./command.ts";
import { KeysHint } from "./keys-hint.tsx";

type KeysDialogProps = { commands: readonly Command[] | null; areOn: boolean; onClose: () => void };

/** Which keys do what, here and now. Null commands: closed. */
export function KeysDialog({ commands, areOn, onClose }: KeysDialogProps) {
  const t = useTranslations("commands");
  const common = useTranslations("common");
  const bound = (commands ?? []).filter(({ keys }) => keys !== null);
  return (
    <Dialog
      open={commands !== null}
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={t("keys.title")}
      description={
        <>
          {t(areOn ? "keys.on" : "keys.off")}{" "}
          <Link
            href="/settings/account"
            onClick={onClose}
            className="font-medium text-brand-text underline underline-offset-2"
          >
            {t("keys.change")}
          </Link>
        </>
      }
      closeLabel={common("close")}
    >
      <div className="grid gap-4">
        {groupCommands(bound).map(({ group, commands: members }) => (
          <section key={group}>
            <h3 className="mb-1 text-xs font-medium text-faint">{t(`groups.${group}`)}</h3>
            <dl>
              {members.map(({ id, label, keys }) => (
                <div
                  key={id}
                  className="flex min-h-8 items-center justify-between gap-4 border-t border-line first:border-0"
                >
                  <dt className="min-w-0 text-sm">{label}</dt>
                  <dd>
                    <KeysHint keys={keys ?? ""} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
