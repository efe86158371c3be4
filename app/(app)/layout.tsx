import { auth } from "@clerk/nextjs/server";
import { getTranslations } from "next-intl/server";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { MemberGate } from "@/components/shell/member-gate.tsx";
import { OfflineBanner } from "@/components/shell/offline-banner.tsx";
import { UserMenu } from "@/components/shell/user-menu.tsx";
import { WaitingNotice } from "@/components/waiting/waiting-notice.tsx";
import { AppCommands } from "./app-commands.tsx";
import { Navigation } from "./navigation.tsx";
import { OrganizationMenu } from "./organization-menu.tsx";
import { PageSkeleton } from "./page-skeleton.tsx";

export default async function AppLayout({ children }: { children: ReactNode }) {
  const { isAuthenticated, orgId, redirectToSignIn } = await auth();
  if (!isAuthenticated) return redirectToSignIn();
  if (!orgId) redirect("/organizations");
  const t = await getTranslations("shell");
  return (
    <div className={frameStyle}>
      <a href="#content" className={skipStyle}>
        {t("skipToContent")}
      </a>
      <div className="flex min-w-0 items-center p-1.5 [grid-area:organization] md:justify-center md:p-2 xl:justify-stretch">
        <OrganizationMenu />
      </div>
      <nav aria-label={t("navigation")} className={placesStyle}>
        <Navigation />
      </nav>
      <div className="flex items-center p-1.5 [grid-area:person] md:justify-center md:p-2 xl:justify-stretch">
        <UserMenu hasSettings side="top" className="xl:w-full" nameClassName="max-xl:hidden" />
      </div>
      <main
        id="content"
        tabIndex={-1}
        className="flex min-h-0 min-w-0 flex-col bg-surface outline-none [grid-area:content] max-md:border-t md:border-s"
      >
        <OfflineBanner />
        <MemberGate key={orgId} loading={<PageSkeleton />}>
          <AppCommands />
          <WaitingNotice />
          {children}
        </MemberGate>
      </main>
    </div>
  );
}

const frameStyle = [
  "group/frame grid h-dvh grid-cols-[1fr_auto] grid-rows-[auto_1fr_auto] overflow-hidden",
  "[grid-template-areas:'organization_person'_'content_content'_'places_places']",
  "md:grid-cols-[3.5rem_1fr] md:[grid-template-areas:'organization_content'_'places_content'_'person_content']",
  "xl:grid-cols-[13rem_1fr]",
].join(" ");
/** On a phone, an open conversation has the room to itself, and its own way back. */
const placesStyle =
  "border-t border-line px-1 pb-[env(safe-area-inset-bottom)] [grid-area:places] max-md:group-has-[[role=log]]/frame:hidden md:border-0 md:px-2 md:py-1";
const skipStyle =
  "fixed start-2 top-2 z-50 -translate-y-16 rounded-md bg-ink px-3 py-2 text-sm font-medium text-surface focus-visible:translate-y-0";
