"use client";

import { useConvexAuth, useMutation, useQuery } from "convex/react";
import { useTranslations } from "next-intl";
import { useEffect, useState, type ReactNode } from "react";
import { api } from "@/convex/_generated/api";
import { useErrorText } from "@/components/shell/use-error-text.ts";
import { Banner } from "@/components/ui/banner.tsx";
import { Skeleton } from "@/components/ui/skeleton.tsx";
import { NotAMember } from "./not-a-member.tsx";

/**
 * Shows the pages once this person is known as a member of the organization. Clerk's news of a new member may still be on its way when
 * their first page opens: then the page itself makes them one.
 */
export function MemberGate({ children }: { children: ReactNode }) {
  const { isAuthenticated } = useConvexAuth();
  const viewer = useQuery(api.organizations.members.viewer, isAuthenticated ? {} : "skip");
  if (viewer === undefined) return <PageSkeleton />;
  if (viewer === null) return <Joining />;
  if (viewer.status === "removed") return <NotAMember />;
  return children;
}

function Joining() {
  const t = useTranslations("shell");
  const ensureMember = useMutation(api.organizations.members.ensureMember);
  const errorText = useErrorText();
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    ensureMember({}).catch((error: unknown) => setProblem(errorText(error)));
  }, [ensureMember, errorText]);
  if (problem === null) return <PageSkeleton />;
  return (
    <div className="p-5">
      <h1 className="sr-only">{t("notJoined")}</h1>
      <Banner tone="danger">{problem}</Banner>
    </div>
  );
}

function PageSkeleton() {
  const t = useTranslations("shell");
  return (
    <div className="appear-late">
      <p className="sr-only" role="status">
        {t("loading")}
      </p>
      <div className="flex h-12 items-center border-b border-line px-5">
        <Skeleton className="h-4 w-28" />
      </div>
      <div className="grid max-w-168 gap-3 p-5">
        <Skeleton className="h-5 w-56" />
        <Skeleton className="h-4 w-80 max-w-full" />
        <Skeleton className="mt-3 h-40 rounded-xl" />
      </div>
    </div>
  );
}
