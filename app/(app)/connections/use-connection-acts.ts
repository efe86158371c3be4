"use client";

import { useAction, useMutation } from "convex/react";
import { useTranslations } from "next-intl";
import { toast } from "sonner";
import { api } from "@/convex/_generated/api";
import type { Connection } from "./rows.ts";
import { useSetupToast } from "./use-setup-toast.ts";

/** What can be done with a connection. What comes of it shows by itself; a toast says what does not show. */
export function useConnectionActs({ _id: connectionId }: Pick<Connection, "_id">) {
  const t = useTranslations("connections.told");
  const showProblem = useSetupToast();
  const check = useAction(api.connections.accounts.check);
  const rotate = useAction(api.connections.accounts.rotateSecret);
  const disconnect = useAction(api.connections.accounts.disconnect);
  const remove = useMutation(api.connections.connections.remove);
  const tell = async (run: () => Promise<unknown>, said: string) => {
    try {
      await run();
      toast.success(said);
    } catch (error) {
      showProblem(error);
    }
  };
  return {
    check: () => void tell(() => check({ connectionId }), t("checked")),
    rotate: () => tell(() => rotate({ connectionId }), t("rotated")),
    disconnect: () => tell(() => disconnect({ connectionId }), t("disconnected")),
    remove: () => tell(() => remove({ connectionId }), t("removed")),
  };
}
