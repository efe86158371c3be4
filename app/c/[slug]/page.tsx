import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { cache } from "react";
import { api } from "@/convex/_generated/api";
import { openServiceClient } from "@/lib/convex-service.ts";
import { parseNextEnv } from "@/lib/env.ts";
import { ChatPage } from "./chat-page.tsx";
import { Closed } from "./closed.tsx";

type Props = { params: Promise<{ slug: string }> };

const loadPage = cache(async (slug: string) => {
  const convex = await openServiceClient("webchat-page");
  return convex.query(api.webchat.sessions.page, { slug });
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations("webchat");
  const page = await loadPage((await params).slug);
  const title = page?.isOpen === true ? t("title", { organization: page.name }) : t("closed.title");
  return { title: { absolute: title }, description: null, robots: { index: false, follow: false } };
}

/** The organization's chat, for anybody who has its address. */
export default async function Page({ params }: Props) {
  const { slug } = await params;
  const page = await loadPage(slug);
  if (page === null) notFound();
  if (!page.isOpen) return <Closed />;
  return <ChatPage convexUrl={parseNextEnv().CONVEX_URL} slug={slug} organization={page.name} />;
}
