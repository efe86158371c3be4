import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import { getLocale, getMessages, getTimeZone, getTranslations } from "next-intl/server";
import { connection } from "next/server";
import type { ReactNode } from "react";
import { parseClerkEnv, parseNextEnv } from "@/lib/env.ts";
import "./globals.css";
import { Providers } from "./providers.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("app");
  return {
    title: { default: t("name"), template: `%s · ${t("name")}` },
    description: t("description"),
    applicationName: t("name"),
  };
}

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  viewportFit: "cover",
  interactiveWidget: "resizes-content",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f7f6f3" },
    { media: "(prefers-color-scheme: dark)", color: "#10100e" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  // A page that is rendered ahead of time would bake in the keys of the machine that built it.
  await connection();
  const { CONVEX_URL } = parseNextEnv();
  const { CLERK_PUBLISHABLE_KEY, CLERK_PROXY_URL } = parseClerkEnv();
  const [locale, messages, timeZone] = await Promise.all([getLocale(), getMessages(), getTimeZone()]);
  return (
    <html lang={locale} className={`${GeistSans.variable} ${GeistMono.variable}`} suppressHydrationWarning>
      <body className="min-h-dvh">
        <Providers
          convexUrl={CONVEX_URL}
          clerkPublishableKey={CLERK_PUBLISHABLE_KEY}
          clerkProxyUrl={CLERK_PROXY_URL}
          intl={{ locale, messages, timeZone }}
        >
          {children}
        </Providers>
      </body>
    </html>
  );
}
