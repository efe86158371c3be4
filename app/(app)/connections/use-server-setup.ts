"use client";

import { useAction, useMutation } from "convex/react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { api } from "@/convex/_generated/api";
import { parseServerAddress } from "@/lib/domain/server-address.ts";
import type { Setup } from "./rows.ts";
import type { ServerFields } from "./server-schema.ts";

/**
 * Makes or corrects the draft, gives it an account, and leads on. A second try after an error goes on with the same draft.
 * An account that is made again keeps its address: see `configure`.
 */
export function useServerSetup(setup: Setup | null): (fields: ServerFields) => Promise<void> {
  const router = useRouter();
  const createDraft = useMutation(api.connections.connections.create);
  const configure = useMutation(api.connections.connections.configure);
  const createAccount = useAction(api.connections.accounts.create);
  const attachAccount = useAction(api.connections.accounts.attach);
  const connect = useAction(api.connections.accounts.connect);
  const [draftId, setDraftId] = useState<Setup["_id"] | null>(setup?._id ?? null);

  const takeDraft = async (name: string, baseUrl: string) => {
    if (draftId === null) {
      const made = await createDraft({ connector: "evolution", name, baseUrl });
      setDraftId(made);
      return made;
    }
    if (setup?.hasKey !== true) await configure({ connectionId: draftId, name, baseUrl });
    return draftId;
  };
  return async ({ mode, name, address, key, account }) => {
    const connectionId = await takeDraft(name, parseServerAddress(address) ?? address);
    if (mode === "create") await createAccount({ connectionId, account, serverKey: key });
    else {
      await attachAccount({ connectionId, account, token: key });
      await connect({ connectionId });
    }
    router.replace(`/connections/${connectionId}`);
  };
}
