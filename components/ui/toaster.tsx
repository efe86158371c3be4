"use client";

import { useTheme } from "next-themes";
import { Toaster as Sonner, type ToasterProps } from "sonner";

const themes: Record<string, ToasterProps["theme"]> = { light: "light", dark: "dark" };

/** The region is there from the first load, so that what appears in it is read out. */
export function Toaster({ label }: { label: string }) {
  const { resolvedTheme } = useTheme();
  return (
    <Sonner
      theme={themes[resolvedTheme ?? ""] ?? "light"}
      containerAriaLabel={label}
      style={{ fontFamily: "inherit" }}
      // At the top: at the bottom one writes.
      position="top-center"
      offset={{ top: "56px" }}
      mobileOffset={{ top: "calc(120px + env(safe-area-inset-top))" }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "flex w-(--width) items-center gap-2.5 rounded-lg border border-line bg-raised px-3.5 py-2.5 text-sm text-ink shadow-overlay",
          content: "min-w-0 flex-1",
          description: "text-muted",
          error: "[&_[data-icon]]:text-danger",
          success: "[&_[data-icon]]:text-success",
          actionButton: "rounded-md px-2 py-1 text-sm font-medium text-brand-text hover:bg-hover",
        },
      }}
    />
  );
}
