"use client";

import { Component, type ReactNode } from "react";
import { Problem } from "@/components/shell/problem.tsx";

type Failure = { error: Error | null };

/** A list that cannot be loaded leaves the open conversation alone. React has no other way to catch what a query throws. */
export class ListBoundary extends Component<{ children: ReactNode }, Failure> {
  override state: Failure = { error: null };

  static getDerivedStateFromError(error: Error): Failure {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return <Problem error={error} onRetry={() => this.setState({ error: null })} />;
  }
}
