import { auth } from "@clerk/nextjs/server";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { redirect } from "next/navigation";
import { MemberGate } from "@/components/shell/member-gate.tsx";
import { Skeleton } from "@/components/ui/skeleton.tsx";
import { FirstRun } from "./first-run.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("welcome");
  return { title: t("title") };
}

export default async function WelcomePage() {
  const { orgId } = await auth();
  if (!orgId) redirect("/organizations");
  return (
    <MemberGate key={orgId} loading={<Skeleton className="h-80 rounded-xl" />}>
      <FirstRun />
    </MemberGate>
  );
}
