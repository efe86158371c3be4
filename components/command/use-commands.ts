"use client";

import { useEffect, useEffectEvent } from "react";
import type { Command } from "./command.ts";
import { commandRegistry } from "./registry.ts";

/** Offers commands for as long as the component is there; what they do and say follows its last render. */
export function useCommands(commands: readonly Command[]): void {
  const current = useEffectEvent(() => commands);
  useEffect(() => commandRegistry.add(() => current()), []);
}
