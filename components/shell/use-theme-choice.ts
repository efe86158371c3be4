"use client";

import { useTheme } from "next-themes";
import { useHydrated } from "./use-hydrated.ts";

export const themes = ["system", "light", "dark"] as const;

export type ThemeChoice = (typeof themes)[number];

/** The chosen theme. The server cannot know it, so it is "system" until the page is alive. */
export function useThemeChoice(): { theme: ThemeChoice; choose: (theme: ThemeChoice) => void } {
  const { theme, setTheme } = useTheme();
  const known = useHydrated() ? themes.find((option) => option === theme) : undefined;
  return { theme: known ?? "system", choose: setTheme };
}
