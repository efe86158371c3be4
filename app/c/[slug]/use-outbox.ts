"use client";

import { useMutation } from "convex/react";
import { useCallback, useState } from "react";
import { api } from "@/convex/_generated/api";
import { newClientId } from "@/lib/client-id.ts";
import { problemOf, type Problem } from "./problem.ts";

/** Words of the visitor that the thread does not have yet. */
export type Unsent = { clientId: string; text: string; at: number; problem: Problem | null };

/** What is on its way from here. A message keeps its id when it is tried again, so it arrives once whatever happened. */
export function useOutbox(): {
  unsent: readonly Unsent[];
  send: (text: string) => void;
  retry: (unsent: Unsent) => void;
} {
  const say = useMutation(api.webchat.visitor.say);
  const [unsent, setUnsent] = useState<readonly Unsent[]>([]);
  const post = useCallback(
    async ({ clientId, text }: Pick<Unsent, "clientId" | "text">) => {
      try {
        await say({ clientId, text });
        setUnsent((all) => all.filter((one) => one.clientId !== clientId));
      } catch (error) {
        const problem = problemOf(error);
        setUnsent((all) => all.map((one) => (one.clientId === clientId ? { ...one, problem } : one)));
      }
    },
    [say],
  );
  const send = useCallback(
    (text: string) => {
      const message = { clientId: newClientId(), text, at: Date.now(), problem: null };
      setUnsent((all) => [...all, message]);
      void post(message);
    },
    [post],
  );
  const retry = useCallback(
    (message: Unsent) => {
      setUnsent((all) => all.map((one) => (one.clientId === message.clientId ? { ...one, problem: null } : one)));
      void post(message);
    },
    [post],
  );
  return { unsent, send, retry };
}
