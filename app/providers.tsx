"use client";

import { NextIntlClientProvider, type Locale, type Messages } from "next-intl";
import { ThemeProvider } from "next-themes";
import dynamic from "next/dynamic";
import { useSelectedLayoutSegment } from "next/navigation";
import { formats } from "@/i18n/formats.ts";
import type { ProductProvidersProps } from "./product-providers.tsx";

type ProvidersProps = Omit<ProductProvidersProps, "locale"> & {
  intl: { locale: Locale; messages: Messages; timeZone: string };
};

/** Apart, so that a visitor's browser does not load what signing in takes. */
const ProductProviders = dynamic(async () => (await import("./product-providers.tsx")).ProductProviders);

/** The segment of the pages on which visitors chat: nobody signs in there. */
const VISITORS = "c";

export function Providers({ intl, children, ...product }: ProvidersProps) {
  const isForVisitors = useSelectedLayoutSegment() === VISITORS;
  return (
    <ThemeProvider attribute="class" defaultTheme="system" enableSystem disableTransitionOnChange>
      <NextIntlClientProvider {...intl} formats={formats}>
        {isForVisitors ? (
          children
        ) : (
          <ProductProviders {...product} locale={intl.locale}>
            {children}
          </ProductProviders>
        )}
      </NextIntlClientProvider>
    </ThemeProvider>
  );
}
