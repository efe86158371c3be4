"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";

/** Asks before a link, a reload or closing the tab throws away what was written. */
export function useLeaveGuard(isDirty: boolean) {
  const router = useRouter();
  const [wanted, setWanted] = useState<string | null>(null);
  useEffect(() => {
    if (!isDirty) return;
    const keepTab = (event: BeforeUnloadEvent) => event.preventDefault();
    const keepPage = (event: MouseEvent) => {
      const url = leadsAway(event);
      if (url === null) return;
      event.preventDefault();
      event.stopPropagation();
      setWanted(url);
    };
    window.addEventListener("beforeunload", keepTab);
    document.addEventListener("click", keepPage, { capture: true });
    return () => {
      window.removeEventListener("beforeunload", keepTab);
      document.removeEventListener("click", keepPage, { capture: true });
    };
  }, [isDirty]);
  return {
    isAsking: wanted !== null,
    stay: () => setWanted(null),
    leave: () => {
      if (wanted !== null) router.push(wanted);
      setWanted(null);
    },
  };
}

/** The path that a plain click on a link of ours goes to; null when it stays on this page or opens elsewhere. */
function leadsAway(event: MouseEvent): string | null {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (link === null || link.target === "_blank" || link.origin !== location.origin) return null;
  return link.pathname === location.pathname ? null : `${link.pathname}${link.search}${link.hash}`;
}
