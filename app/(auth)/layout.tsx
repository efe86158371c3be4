import type { ReactNode } from "react";
import { Logo } from "@/components/shell/logo.tsx";
import { Scene } from "./scene.tsx";

export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <div className="grid min-h-dvh lg:grid-cols-2">
      <div className="flex flex-col bg-surface px-6 py-6 sm:px-10">
        <header>
          <Logo />
        </header>
        <main className="mx-auto flex w-full max-w-88 flex-1 flex-col justify-center py-10">{children}</main>
      </div>
      <Scene />
    </div>
  );
}
