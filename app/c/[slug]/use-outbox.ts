"use client";

import { useMutation } from "convex/react";
import { useCallback, useEffect, useState } from "react";
import { api } from "@/convex/_generated/api";
import { newClientId } from "@/lib/client-id.ts";
import { problemOf, type Problem } from "./problem.ts";

/** Words of the visitor that the thread does not have yet. */
export type Unsent = { clientId: string; text: string; at: number; problem: Problem | null };

/**
 * What is on its way from here; it leaves once the line `isUp`. A message keeps its id when it is tried again, so it arrives once whatever
 * happened.
 */
export function useOutbox({ isUp }: { isUp: boolean }): {
  unsent: readonly Unsent[];
  send: (text: string) => void;
  retry: (unsent: Unsent) => void;
} {
  const say = useMutation(api.webchat.visitor.say);
  const [unsent, setUnsent] = useState<readonly Unsent[]>([]);
  const [line] = useState(makeGate);
  useEffect(() => {
    if (isUp) line.open();
  }, [isUp, line]);
  const post = useCallback(
    async ({ clientId, text }: Pick<Unsent, "clientId" | "text">) => {
      await line.opened;
      try {
        await say({ clientId, text });
        setUnsent((all) => all.filter((one) => one.clientId !== clientId));
      } catch (error) {
        const problem = problemOf(error);
        setUnsent((all) => all.map((one) => (one.clientId === clientId ? { ...one, problem } : one)));
      }
    },
    [say, line],
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

/** Promise.withResolvers is not on every phone that visitors have. */
function makeGate(): { opened: Promise<void>; open: () => void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
