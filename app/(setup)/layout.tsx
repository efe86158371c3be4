import { auth } from "@clerk/nextjs/server";
import type { ReactNode } from "react";
import { Logo } from "@/components/shell/logo.tsx";
import { UserMenu } from "@/components/shell/user-menu.tsx";

/** What comes before there is something to work with: choosing an organization, and its first run. */
export default async function SetupLayout({ children }: { children: ReactNode }) {
  const { isAuthenticated, redirectToSignIn } = await auth();
  if (!isAuthenticated) return redirectToSignIn();
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="flex items-center justify-between px-4 py-3 sm:px-6">
        <Logo />
        <UserMenu hasSettings={false} side="bottom" nameClassName="sr-only" />
      </header>
      <main className="mx-auto flex w-full max-w-112 flex-1 flex-col px-4 pt-6 pb-16 sm:justify-center sm:pt-0">
        {children}
      </main>
    </div>
  );
}
