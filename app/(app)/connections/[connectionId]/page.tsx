import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ConnectionSetup } from "./connection-setup.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("connections");
  return { title: t("connectWhatsApp") };
}

type ConnectionPageProps = { params: Promise<{ connectionId: string }> };

export default async function ConnectionPage({ params }: ConnectionPageProps) {
  const { connectionId } = await params;
  return <ConnectionSetup connectionId={connectionId} />;
}
