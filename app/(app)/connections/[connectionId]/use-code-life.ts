"use client";

import type { FunctionReturnType } from "convex/server";
import { useNow } from "next-intl";
import { useState } from "react";
import type { api } from "@/convex/_generated/api";
import { type CodeLife, codeLifeOf } from "../code-life.ts";

export type Pairing = NonNullable<FunctionReturnType<typeof api.connections.connections.pairing>>;

type Seen = { count: number | null; seenAt: number | null; firstCount: number | null };

/** How long the code that is shown now lives, second by second; and how to begin anew after the last one. Undefined is not known yet. */
export function useCodeLife(pairing: Pairing | null | undefined): [CodeLife | null, () => void] {
  const [seen, setSeen] = useState<Seen | null>(null);
  const ticking = useNow({ updateInterval: 1000 }).getTime();
  const count = pairing?.count ?? null;
  if (pairing !== undefined && seen?.count !== count) {
    const isNews = seen !== null && count !== null;
    const firstCount = count === null ? null : Math.min(seen?.firstCount ?? count, count);
    setSeen({ count, seenAt: isNews ? ticking : null, firstCount });
  }
  const restart = () => setSeen({ count, seenAt: seen?.seenAt ?? null, firstCount: count });
  if (!pairing || seen === null) return [null, restart];
  const { expiresAt } = pairing;
  const firstCount = seen.firstCount ?? pairing.count;
  return [codeLifeOf({ count: pairing.count, expiresAt, seenAt: seen.seenAt, firstCount }, ticking), restart];
}
