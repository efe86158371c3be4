"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { useMay } from "@/components/shell/viewer.ts";
import { Button } from "@/components/ui/button.tsx";

export function ConnectLink() {
  const t = useTranslations("connections");
  if (!useMay("connections:manage")) return null;
  return (
    <Button asChild variant="primary">
      <Link href="/connections/new">
        <Plus aria-hidden />
        {t("connectWhatsApp")}
      </Link>
    </Button>
  );
}
