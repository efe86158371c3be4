"use client";

import { useMutation } from "convex/react";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { CommandCenter } from "@/components/command/command-center.tsx";
import type { Command } from "@/components/command/command.ts";
import { useCommands } from "@/components/command/use-commands.ts";
import { useUndoable } from "@/components/command/use-undoable.ts";
import { useErrorToast } from "@/components/shell/use-error-toast.ts";
import { languages, useLanguage } from "@/components/shell/use-language.ts";
import { themes, useThemeChoice } from "@/components/shell/use-theme-choice.ts";
import { useMay, useViewer } from "@/components/shell/viewer.ts";
import { api } from "@/convex/_generated/api";

/** What can be done from every page. */
export function AppCommands() {
  useCommands([...usePlaces(), ...usePreferences(), useAgentSwitch()]);
  return <CommandCenter />;
}

const places = [
  { place: "inbox", keys: "g i", path: "/inbox" },
  { place: "agent", keys: "g a", path: "/agent" },
  { place: "connections", keys: "g c", path: "/connections" },
  { place: "settings", keys: "g s", path: "/settings" },
  { place: "people", keys: null, path: "/settings/people" },
  { place: "account", keys: null, path: "/settings/account" },
] as const;

function usePlaces(): Command[] {
  const t = useTranslations("commands.places");
  const router = useRouter();
  return places.map(({ place, keys, path }) => ({
    id: `go ${place}`,
    keys,
    label: t(place),
    group: "places",
    run: () => router.push(path),
  }));
}

function usePreferences(): Command[] {
  const t = useTranslations("commands");
  const shell = useTranslations("shell");
  const { theme, choose } = useThemeChoice();
  const language = useLanguage();
  const looks = themes.map((value) => ({
    id: `theme ${value}`,
    label: t("theme", { name: shell(`themes.${value}`) }),
    run: () => choose(value),
    isEnabled: theme !== value,
  }));
  const tongues = languages.map(({ value, label }) => ({
    id: `language ${value}`,
    label: t("language", { name: label }),
    run: () => language.choose(value),
    isEnabled: language.locale !== value,
  }));
  return [...looks, ...tongues].map((command) => ({ ...command, keys: null, group: "preferences" }));
}

/** Stops the agent everywhere, or lets it go on: at once, and as easily taken back. */
function useAgentSwitch(): Command {
  const t = useTranslations("commands.agent");
  const { agentEnabled } = useViewer().organization;
  const setEnabled = useMutation(api.agent.control.setEnabled);
  const showError = useErrorToast();
  const undoable = useUndoable();
  const set = (enabled: boolean) => setEnabled({ enabled }).catch(showError);
  const run = () => {
    void set(!agentEnabled);
    undoable({ said: t(agentEnabled ? "stopped" : "started"), undo: () => void set(agentEnabled) });
  };
  const isEnabled = useMay("agent:edit");
  return { id: "agent switch", keys: null, label: t(agentEnabled ? "stop" : "start"), group: "agent", run, isEnabled };
}
