"use client";

import { ClerkProvider, useAuth } from "@clerk/nextjs";
import { ConvexReactClient } from "convex/react";
import { ConvexProviderWithClerk } from "convex/react-clerk";
import { NextIntlClientProvider, type Locale, type Messages } from "next-intl";
import { ThemeProvider } from "next-themes";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { useState, type ReactNode } from "react";
import { Toaster } from "@/components/ui/toaster.tsx";
import { TooltipProvider } from "@/components/ui/tooltip.tsx";
import { formats } from "@/i18n/formats.ts";
import { clerkAppearance, clerkTexts } from "./clerk-looks.ts";

type ProvidersProps = {
  convexUrl: string;
  clerkPublishableKey: string;
  /** Same-origin path of Clerk's Frontend API; absent when the browser may reach Clerk itself. */
  clerkProxyUrl: string | undefined;
  intl: { locale: Locale; messages: Messages; timeZone: string };
  children: ReactNode;
};

export function Providers({ convexUrl, clerkPublishableKey, clerkProxyUrl, intl, children }: ProvidersProps) {
  const [convex] = useState(() => new ConvexReactClient(convexUrl));
  return (
    <ThemeProvider attribute="class" defaultTheme="system" enableSystem disableTransitionOnChange>
      <NextIntlClientProvider {...intl} formats={formats}>
        <ClerkProvider
          publishableKey={clerkPublishableKey}
          {...(clerkProxyUrl === undefined ? {} : { proxyUrl: clerkProxyUrl })}
          localization={clerkTexts[intl.locale]}
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
              <Toaster label={intl.messages.app.notices} />
            </NuqsAdapter>
          </ConvexProviderWithClerk>
        </ClerkProvider>
      </NextIntlClientProvider>
    </ThemeProvider>
  );
}
