"use client";

import { createSerializer, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { filters } from "./filters.ts";

/** A filter is a place to come back to; the letters of a search are not. */
const params = {
  filter: parseAsStringLiteral(filters).withDefault("all").withOptions({ history: "push" }),
  q: parseAsString.withDefault("").withOptions({ history: "replace" }),
};

export function useInboxParams() {
  const [{ filter, q }, set] = useQueryStates(params);
  return { filter, q, set };
}

const serialize = createSerializer(params);

/** Addresses inside the inbox that keep the view that one is in. */
export function useInboxPath(): (path: string) => string {
  const { filter, q } = useInboxParams();
  return (path) => serialize(path, { filter, q });
}
