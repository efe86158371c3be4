"use client";

import type { FunctionReturnType } from "convex/server";
import { createContext, useContext } from "react";
import type { api } from "@/convex/_generated/api";
import type { Permission } from "@/lib/domain/permissions.ts";

type Answer = NonNullable<FunctionReturnType<typeof api.organizations.members.viewer>>;

/** The member who looks at the page, and their organization. */
export type Viewer = Extract<Answer, { status: "active" }>;

export const ViewerContext = createContext<Viewer | null>(null);

/** Null outside an organization: while one is chosen or made. */
export function useMaybeViewer(): Viewer | null {
  return useContext(ViewerContext);
}

/** For pages of an organization; throws elsewhere. */
export function useViewer(): Viewer {
  const viewer = useContext(ViewerContext);
  if (viewer === null) throw new Error("useViewer is for what MemberGate shows");
  return viewer;
}

export function useMay(permission: Permission): boolean {
  return useViewer().permissions.includes(permission);
}
