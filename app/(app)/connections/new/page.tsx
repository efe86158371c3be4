import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ServerStep } from "../server-step.tsx";
import { SetupFrame } from "../setup-frame.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("connections");
  return { title: t("connectWhatsApp") };
}

export default function NewConnectionPage() {
  return (
    <SetupFrame step="server">
      <ServerStep setup={null} />
    </SetupFrame>
  );
}
