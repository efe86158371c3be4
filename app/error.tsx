"use client";

import { Problem } from "@/components/shell/problem.tsx";

export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return <Problem error={error} onRetry={reset} />;
}
