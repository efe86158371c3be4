"use client";

import type { ConvexReactClient } from "convex/react";
import { useEffect, useState } from "react";

/** `busy`: the door asked to wait; it is tried again by itself, as after any trouble. */
export type Visit = "arriving" | "inside" | "busy" | "closed";

const RETRY_MS = 4_000;

type Door = { token: string } | { token: null; visit: Visit; retryAfterMs: number };

/** Lets this browser into the chat and keeps it there: Convex asks for a new token before the old one ends. */
export function useVisit(convex: ConvexReactClient, slug: string): Visit {
  const [visit, setVisit] = useState<Visit>("arriving");
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isGone = false;
    const fetchToken = async () => {
      const door = await knock(slug);
      if (door.token !== null || isGone) return door.token;
      setVisit(door.visit);
      if (door.visit !== "closed") timer = setTimeout(() => setAttempt((last) => last + 1), door.retryAfterMs);
      return null;
    };
    convex.setAuth(fetchToken, (isIn) => {
      if (isIn && !isGone) setVisit("inside");
    });
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [convex, slug, attempt]);
  return visit;
}

async function knock(slug: string): Promise<Door> {
  try {
    const headers = { "content-type": "application/json" };
    const body = JSON.stringify({ slug });
    const response = await fetch("/api/webchat/session", { method: "POST", headers, body });
    const answer: unknown = await response.json();
    const token = textAt(answer, "token");
    if (token !== null) return { token };
    if (response.status === 404) return { token: null, visit: "closed", retryAfterMs: 0 };
    const retryAfterMs = numberAt(answer, "retryAfterMs") ?? RETRY_MS;
    return { token: null, visit: response.status === 429 ? "busy" : "arriving", retryAfterMs };
  } catch {
    return { token: null, visit: "arriving", retryAfterMs: RETRY_MS }; // no line: the page says so after a moment
  }
}

function textAt(value: unknown, key: string): string | null {
  const found = fieldOf(value, key);
  return typeof found === "string" ? found : null;
}

function numberAt(value: unknown, key: string): number | null {
  const found = fieldOf(value, key);
  return typeof found === "number" ? found : null;
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}
