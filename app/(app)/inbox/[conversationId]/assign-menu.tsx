"use client";

import { useQuery } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { UserPlus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useCommands } from "@/components/command/use-commands.ts";
import { useUndoable } from "@/components/command/use-undoable.ts";
import { useErrorToast } from "@/components/shell/use-error-toast.ts";
import { useViewer } from "@/components/shell/viewer.ts";
import { Avatar } from "@/components/ui/avatar.tsx";
import { Button } from "@/components/ui/button.tsx";
import { Menu, MenuLabel, MenuOption, MenuOptions, MenuSeparator } from "@/components/ui/menu.tsx";
import { api } from "@/convex/_generated/api";
import type { Id } from "@/convex/_generated/dataModel";
import { can } from "@/lib/domain/permissions.ts";
import type { Conversation } from "../rows.ts";
import { useConversationActions } from "../use-conversation-actions.ts";

const nobody = "nobody";

type Member = FunctionReturnType<typeof api.organizations.members.list>[number];

export function AssignMenu({ conversation: { _id: conversationId, assignee } }: { conversation: Conversation }) {
  const t = useTranslations("inbox.assign");
  const { memberId: viewerId } = useViewer();
  const members = useQuery(api.organizations.members.list, {});
  const [isOpen, setIsOpen] = useState(false);
  const give = useGive();
  useCommands([{ id: "assign", keys: "a", label: t("label"), group: "conversation", run: () => setIsOpen(true) }]);
  const assign = (member: Member | null) =>
    give({ conversationId, memberId: member?._id ?? null, name: member?.name, before: assignee?.memberId ?? null });
  const able = (members ?? []).filter((member) => can(member.role, "inbox:reply"));
  const sorted = able.toSorted((a, b) => Number(b._id === viewerId) - Number(a._id === viewerId));
  return (
    <Menu
      align="end"
      open={isOpen}
      onOpenChange={setIsOpen}
      trigger={
        <Button
          variant="ghost"
          size="sm"
          className="px-1.5 touch:min-w-11"
          aria-label={assignee === null ? t("label") : t("assignedTo", { name: assignee.name })}
        >
          {assignee === null ? <UserPlus aria-hidden /> : <Avatar name={assignee.name} size="sm" />}
        </Button>
      }
    >
      <MenuLabel>{t("label")}</MenuLabel>
      <MenuOptions value={assignee?.memberId ?? nobody}>
        {sorted.map((member) => (
          <MenuOption key={member._id} value={member._id} onSelect={() => assign(member)}>
            <Avatar name={member.name} size="sm" />
            <span className="min-w-0 flex-1 truncate">{member.name}</span>
            {member._id === viewerId ? <span className="text-xs text-faint">{t("you")}</span> : null}
          </MenuOption>
        ))}
        <MenuSeparator />
        <MenuOption value={nobody} onSelect={() => assign(null)}>
          {t("nobody")}
        </MenuOption>
      </MenuOptions>
    </Menu>
  );
}

type Given = {
  conversationId: Id<"conversations">;
  memberId: Id<"members"> | null;
  name: string | undefined;
  before: Id<"members"> | null;
};

function useGive(): (given: Given) => void {
  const t = useTranslations("inbox.assign");
  const actions = useConversationActions();
  const showError = useErrorToast();
  const undoable = useUndoable();
  return ({ conversationId, memberId, name, before }) => {
    if (memberId === before) return;
    const give = (to: Id<"members"> | null) => void actions.assign({ conversationId, memberId: to }).catch(showError);
    give(memberId);
    undoable({ said: name === undefined ? t("unassigned") : t("assignedTo", { name }), undo: () => give(before) });
  };
}
