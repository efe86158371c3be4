import type { ReactNode } from "react";
import { ConversationFrame } from "./conversation-frame.tsx";

type LayoutProps = { params: Promise<{ conversationId: string }>; children: ReactNode };

/** Thread and lead share it: on a phone each has an address of its own, elsewhere they stand side by side. */
export default async function ConversationLayout({ params, children }: LayoutProps) {
  const { conversationId } = await params;
  return (
    <>
      <ConversationFrame key={conversationId} conversationId={conversationId} />
      {children}
    </>
  );
}
