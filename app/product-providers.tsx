"use client";

import { ClerkProvider, useAuth } from "@clerk/nextjs";
import { ConvexReactClient } from "convex/react";
import { ConvexProviderWithClerk } from "convex/react-clerk";
import { useMessages, type Locale } from "next-intl";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { useState, type ReactNode } from "react";
import { Toaster } from "@/components/ui/toaster.tsx";
import { TooltipProvider } from "@/components/ui/tooltip.tsx";
import { clerkAppearance, clerkTexts } from "./clerk-looks.ts";

export type ProductProvidersProps = {
  convexUrl: string;
  clerkPublishableKey: string;
  /** Same-origin path of Clerk's Frontend API; absent when the browser may reach Clerk itself. */
  clerkProxyUrl: string | undefined;
  locale: Locale;
  children: ReactNode;
};

/** What pages for people with an account need: who they are, and Convex as they may see it. */
export function ProductProviders(props: ProductProvidersProps) {
  const { convexUrl, clerkPublishableKey, clerkProxyUrl, locale, children } = props;
  const [convex] = useState(() => new ConvexReactClient(convexUrl));
  const messages = useMessages();
  return (
    <ClerkProvider
      publishableKey={clerkPublishableKey}
      {...(clerkProxyUrl === undefined ? {} : { proxyUrl: clerkProxyUrl })}
      localization={clerkTexts[locale]}
      appearance={clerkAppearance}
      signInUrl="/sign-in"
      signUpUrl="/sign-up"
      signInFallbackRedirectUrl="/inbox"
      signUpFallbackRedirectUrl="/organizations"
      afterSignOutUrl="/sign-in"
      telemetry={false}
    >
      <ConvexProviderWithClerk client={convex} useAuth={useAuth}>
        <NuqsAdapter>
          <TooltipProvider>{children}</TooltipProvider>
          <Toaster label={messages.app.notices} />
        </NuqsAdapter>
      </ConvexProviderWithClerk>
    </ClerkProvider>
  );
}
