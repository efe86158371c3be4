"use client";

import { useTranslations } from "next-intl";
import { Component, type ReactNode } from "react";

/** An address may name a turn that is not there, or not ours: the conversation beside it stays. */
export class WhyBoundary extends Component<{ children: ReactNode }, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render() {
    return this.state.hasFailed ? <Gone /> : this.props.children;
  }
}

function Gone() {
  const t = useTranslations("inbox.why");
  return <p className="p-4 text-sm text-muted">{t("gone")}</p>;
}
