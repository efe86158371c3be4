import type { Metadata } from "next";
import type { ReactNode } from "react";

export const metadata: Metadata = {
  title: { default: "Qify", template: "%s · Qify" },
  description: "An SDR that never sleeps: answers leads in seconds, qualifies them and books the meeting.",
};

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}
