import { useEffect, useState } from "react";
import type { Activity } from "./answers.ts";
import { fetchActivity } from "./engine.ts";

/** `value` is the newest that is known; `failed` says that asking for a newer one did not work. */
export type ActivityState = { value: Activity | null; failed: boolean };

const EVERY_MS = 2_000;

/** Asks what goes on, again and again while somebody looks. */
export function useActivity(key: string): ActivityState {
  const [state, setState] = useState<ActivityState>({ value: null, failed: false });
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    const ask = async () => {
      if (document.visibilityState === "visible") await update();
      if (!isOver) timer = setTimeout(() => void ask(), EVERY_MS);
    };
    const update = async () => {
      const value = await fetchActivity(key).catch(() => null);
      if (!isOver) setState((known) => ({ value: value ?? known.value, failed: value === null }));
    };
    void ask();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [key]);
  return state;
}
