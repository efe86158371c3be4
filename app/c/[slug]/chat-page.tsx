"use client";

import { ConvexProvider, ConvexReactClient } from "convex/react";
import { useState } from "react";
import { Chat } from "./chat.tsx";
import { Closed } from "./closed.tsx";
import { useVisit } from "./use-visit.ts";

type ChatPageProps = { convexUrl: string; slug: string; organization: string };

/** Convex as a visitor may see it. */
export function ChatPage({ convexUrl, slug, organization }: ChatPageProps) {
  const [convex] = useState(() => new ConvexReactClient(convexUrl));
  const visit = useVisit(convex, slug);
  if (visit === "closed") return <Closed />;
  return (
    <ConvexProvider client={convex}>
      <Chat organization={organization} visit={visit} />
    </ConvexProvider>
  );
}
