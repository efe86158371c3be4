"use client";

import { useTranslations } from "next-intl";
import { Avatar } from "@/components/ui/avatar.tsx";
import { CopyButton } from "@/components/ui/copy-button.tsx";
import type { MessageRow } from "./message-row.ts";

export function ContactCards({ contacts }: { contacts: MessageRow["contacts"] }) {
  const t = useTranslations("inbox.thread");
  const common = useTranslations("common");
  return (
    <ul className="mt-1 grid w-68 max-w-full gap-1">
      {contacts.map(({ name, phones }, index) => (
        <li key={index} className="rounded-lg border border-line bg-surface p-2">
          <div className="flex items-center gap-2.5">
            <Avatar name={name} />
            <p className="min-w-0 flex-1 truncate text-sm font-medium">{name}</p>
          </div>
          {phones.map((phone) => (
            <p key={phone} className="flex items-center justify-between ps-10.5 text-xs text-muted">
              <bdi>{phone}</bdi>
              <CopyButton text={phone} label={t("copyPhone", { phone })} copiedLabel={common("copied")} />
            </p>
          ))}
        </li>
      ))}
    </ul>
  );
}
