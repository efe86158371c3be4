import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AgentWorkspace } from "./agent-workspace.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("agent");
  return { title: t("title") };
}

export default function AgentPage() {
  return <AgentWorkspace />;
}
