"use client";

import { useSyncExternalStore } from "react";

type Stored = Pick<Storage, "getItem" | "setItem">;

/**
 * A choice that belongs to this browser, and to nobody's account. Where the browser keeps nothing (its storage is blocked or full), it
 * holds until the page is left.
 */
export class DeviceSetting<Value extends string> {
  readonly #key: string;
  readonly #values: readonly Value[];
  readonly #fallback: Value;
  readonly #listeners = new Set<() => void>();
  #held: Value | null = null;

  constructor({ key, values, fallback }: { key: string; values: readonly Value[]; fallback: Value }) {
    this.#key = key;
    this.#values = values;
    this.#fallback = fallback;
  }

  get fallback(): Value {
    return this.#fallback;
  }

  read(storage: Stored | null = deviceStorage()): Value {
    if (this.#held !== null) return this.#held;
    const kept = storage?.getItem(this.#key);
    return this.#values.find((value) => value === kept) ?? this.#fallback;
  }

  choose(value: Value, storage: Stored | null = deviceStorage()): void {
    this.#held = value;
    keep({ storage, key: this.#key, value });
    for (const listener of this.#listeners) listener();
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}

/** The value, and the fallback while the server draws: it cannot know. */
export function useDeviceSetting<Value extends string>(setting: DeviceSetting<Value>): Value {
  return useSyncExternalStore(
    (listener) => setting.subscribe(listener),
    () => setting.read(),
    () => setting.fallback,
  );
}

/** Null where there is none, or where it is blocked. */
export function deviceStorage(): Storage | null {
  try {
    return typeof window === "undefined" ? null : window.localStorage;
  } catch {
    return null;
  }
}

/** A storage that is full keeps nothing new: false. */
export function keep({ storage, key, value }: { storage: Stored | null; key: string; value: string }): boolean {
  try {
    storage?.setItem(key, value);
    return storage !== null;
  } catch {
    return false;
  }
}
