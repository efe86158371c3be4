import { enUS } from "@clerk/localizations/en-US";
import { ptBR } from "@clerk/localizations/pt-BR";
import type { ClerkProvider } from "@clerk/nextjs";
import type { ComponentProps } from "react";
import type { Locale } from "@/i18n/locales.ts";

type ClerkProps = ComponentProps<typeof ClerkProvider>;

export const clerkTexts: Record<Locale, NonNullable<ClerkProps["localization"]>> = {
  // Clerk's Portuguese lacks this one.
  "pt-BR": { ...ptBR, formFieldInputPlaceholder__signUpPassword: "Crie uma senha" },
  en: enUS,
};

/** Clerk's own components, in our colours and sizes. They change theme with ours because every value is one of our variables. */
export const clerkAppearance: NonNullable<ClerkProps["appearance"]> = {
  cssLayerName: "clerk",
  variables: {
    colorPrimary: "var(--brand)",
    colorPrimaryForeground: "var(--brand-ink)",
    colorDanger: "var(--danger)",
    colorSuccess: "var(--success)",
    colorWarning: "var(--warn)",
    colorNeutral: "var(--ink)",
    colorForeground: "var(--ink)",
    colorMuted: "var(--sunken)",
    colorMutedForeground: "var(--muted)",
    colorBackground: "var(--surface)",
    colorInput: "var(--surface)",
    colorInputForeground: "var(--ink)",
    colorRing: "var(--brand)",
    colorBorder: "var(--line-strong)",
    colorModalBackdrop: "var(--scrim)",
    fontFamily: "var(--font-geist-sans)",
    fontFamilyMono: "var(--font-geist-mono)",
    fontSize: "0.875rem",
    borderRadius: "6px",
  },
  elements: { badge: "bg-active text-muted shadow-none" },
};

/** Sign-in and sign-up stand on our page: no card of their own. */
export const clerkFormElements = {
  rootBox: "w-full",
  cardBox: "w-full max-w-none rounded-none border-0 shadow-none overflow-visible",
  card: "bg-transparent p-0 shadow-none gap-6",
  header: "items-start text-start",
  headerTitle: "text-xl font-semibold tracking-tight",
  headerSubtitle: "text-sm",
  footer: "items-start bg-none bg-transparent mt-4",
  footerAction: "mx-0 px-0 justify-start self-start",
  formButtonPrimary: "h-10 text-base shadow-low after:hidden touch:h-11",
  buttonArrowIcon: "hidden",
  formFieldInput: "h-10 border border-line-strong shadow-low touch:h-11 touch:text-lg",
  otpCodeFieldInput: "border border-line-strong",
};
