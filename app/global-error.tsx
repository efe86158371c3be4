"use client";

import { useSyncExternalStore } from "react";
import { locales, localeCookie, pickLocale } from "@/i18n/locales.ts";
import en from "@/messages/en.json";
import ptBR from "@/messages/pt-BR.json";
import "./globals.css";

const texts = { "pt-BR": ptBR.problem, en: en.problem };
const never = () => () => {};

/** The page of last resort: the layout itself failed, so nothing that it provides is there. */
export default function GlobalError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const locale = useSyncExternalStore(never, localeHere, () => locales[0]);
  const t = texts[locale];
  return (
    <html lang={locale}>
      <body className="grid min-h-dvh place-items-center bg-canvas p-6 text-center text-ink">
        <title>{t.title}</title>
        <main>
          <h1 className="text-lg font-semibold tracking-tight">{t.title}</h1>
          <p className="mt-1 text-sm text-muted">{t.text}</p>
          {error.digest ? <p className="mt-2 font-mono text-xs text-faint">{error.digest}</p> : null}
          <button
            type="button"
            onClick={reset}
            className="mt-4 h-8 rounded-md bg-brand px-3 text-sm font-medium text-brand-ink hover:bg-brand-hover touch:h-11"
          >
            {t.retry}
          </button>
        </main>
      </body>
    </html>
  );
}

function localeHere() {
  const chosen = new RegExp(`(?:^|; )${localeCookie}=([^;]+)`).exec(document.cookie)?.[1];
  return pickLocale({ chosen, acceptLanguage: navigator.languages.join(",") });
}
