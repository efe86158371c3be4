"use client";

import { useAuth } from "@clerk/nextjs";
import { useConvexAuth, useMutation, useQuery } from "convex/react";
import { useTranslations } from "next-intl";
import { useEffect, useState, type ReactNode } from "react";
import { Banner } from "@/components/ui/banner.tsx";
import { api } from "@/convex/_generated/api";
import { NotAMember } from "./not-a-member.tsx";
import { useErrorText } from "./use-error-text.ts";
import { useFollowLocale } from "./use-language.ts";
import { ViewerContext } from "./viewer.ts";

type MemberGateProps = {
  /** What shows while it is not known yet who this is. */
  loading: ReactNode;
  children: ReactNode;
};

/**
 * Shows the pages once this person is known as a member of the organization. Clerk's news of a new member may still be on its way when
 * their first page opens: then the page itself asks to be let in.
 */
export function MemberGate({ loading, children }: MemberGateProps) {
  const { isAuthenticated } = useConvexAuth();
  // Without an organization there is nothing to ask: the layout is about to lead elsewhere.
  const { orgId } = useAuth();
  const viewer = useQuery(api.organizations.members.viewer, isAuthenticated && orgId ? {} : "skip");
  useFollowLocale(viewer?.status === "active" ? viewer.locale : null);
  if (viewer === undefined) return <Loading>{loading}</Loading>;
  if (viewer === null) return <Joining loading={loading} />;
  if (viewer.status === "removed") return <NotAMember />;
  return <ViewerContext value={viewer}>{children}</ViewerContext>;
}

function Joining({ loading }: { loading: ReactNode }) {
  const ensureMember = useMutation(api.organizations.members.ensureMember);
  const errorText = useErrorText();
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    ensureMember({}).catch((error: unknown) => setProblem(errorText(error)));
  }, [ensureMember, errorText]);
  if (problem === null) return <Loading>{loading}</Loading>;
  return (
    <div role="alert" className="p-4">
      <Banner tone="danger">{problem}</Banner>
    </div>
  );
}

function Loading({ children }: { children: ReactNode }) {
  const t = useTranslations("shell");
  return (
    <>
      <output className="sr-only">{t("loading")}</output>
      <div className="appear-late">{children}</div>
    </>
  );
}
