"use client";

import { Bot, Hand } from "lucide-react";
import { useCommands } from "@/components/command/use-commands.ts";
import { Button } from "@/components/ui/button.tsx";
import type { Conversation } from "../rows.ts";
import { useHandover } from "./use-handover.ts";

const icons = { takeOver: Hand, giveBack: Bot };

/** In the header, but for where somebody waits: there the banner below asks for it, and one such button is enough. */
export function HandoverButton({ conversation }: { conversation: Conversation }) {
  const { way, run, label } = useHandover(conversation);
  useCommands([{ id: "handover", keys: "t", label, group: "conversation", run, isEnabled: way !== null }]);
  if (way === null || conversation.status === "waiting") return null;
  const Icon = icons[way];
  return (
    <Button size="sm" onClick={run} className="max-sm:size-8 max-sm:px-0 touch:max-sm:size-11">
      <Icon aria-hidden />
      <span className="max-sm:sr-only">{label}</span>
    </Button>
  );
}
