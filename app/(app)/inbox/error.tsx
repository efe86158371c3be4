"use client";

import { Problem } from "@/components/shell/problem.tsx";
import { errorCode } from "@/lib/errors.ts";
import { ConversationNotFound } from "./conversation-not-found.tsx";

type ErrorProps = { error: Error & { digest?: string }; reset: () => void };

/** Stands in for the conversation alone: the list beside it goes on. */
export default function ConversationError({ error, reset }: ErrorProps) {
  if (errorCode(error) === "not_found") return <ConversationNotFound />;
  return <Problem error={error} onRetry={reset} />;
}
