/** What can be done from the keyboard or the palette, as data: the key handler, the `?` dialog and the palette all read it. */

/** In the order in which the palette and the `?` dialog show them: what is nearest to the work first. */
export const commandGroups = ["conversation", "inbox", "places", "agent", "preferences", "help"] as const;

export type CommandGroup = (typeof commandGroups)[number];

export type Command = {
  id: string;
  /** Strokes with blanks between them: `e`, `?`, `g i`, `mod+k` (Cmd or Ctrl). Null: only in the palette. */
  keys: string | null;
  label: string;
  group: CommandGroup;
  run: () => void;
  /** Whether a key that is held runs it again and again, as for walking a list. */
  repeats?: boolean;
  /** Left out: always. One that is off has no key and does not show. */
  isEnabled?: boolean | (() => boolean);
};

export function isEnabled({ isEnabled: enabled = true }: Pick<Command, "isEnabled">): boolean {
  return typeof enabled === "function" ? enabled() : enabled;
}

/** Commands by group, empty groups left out. */
export function groupCommands(commands: readonly Command[]): { group: CommandGroup; commands: Command[] }[] {
  return commandGroups.flatMap((group) => {
    const members = commands.filter((command) => command.group === group);
    return members.length === 0 ? [] : [{ group, commands: members }];
  });
}

/** How well a label answers what was typed: 0 not at all, 1 from its first letter. Accents, case and the order of words do not count. */
export function scoreLabel(label: string, typed: string): number {
  const folded = fold(label);
  const words = fold(typed).split(/\s+/).filter(Boolean);
  if (!words.every((word) => folded.includes(word))) return 0;
  return folded.startsWith(words[0] ?? "") ? 1 : 0.5;
}

function fold(text: string): string {
  return text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
}
