/**
 * Who searched for something that a document matches? Searches are kept by the values that they filter by and by their
 * terms, so that asking costs what the document has of terms, and what there is of answers, not what there is of searches.
 */
import type { TextEntry, TextRead } from "../types.ts";
import { getOrMake } from "./get-or-make.ts";

/** How often each owner is there. */
type Owners<Owner> = Map<Owner, number>;
/** The searches that filter by the same values: by the terms that they look for, and by the beginnings of terms. */
type Group<Owner> = { terms: Map<string, Owners<Owner>>; prefixes: Map<string, Owners<Owner>> };
/** The searches that filter by the same fields. */
type Shape<Owner> = { fields: readonly string[]; groups: Map<string, Group<Owner>> };

/** Invariant: a search is here as often as it was added and not deleted; no map is empty. */
export class TextReaders<Owner> {
  readonly #shapes = new Map<string, Shape<Owner>>();

  get isEmpty(): boolean {
    return this.#shapes.size === 0;
  }

  add({ terms, prefix, filters }: TextRead, owner: Owner): void {
    const { fields, values } = sorted(filters);
    const shape = getOrMake(this.#shapes, keyOf(fields), () => ({ fields, groups: new Map() }));
    const group = getOrMake(shape.groups, keyOf(values), () => ({ terms: new Map(), prefixes: new Map() }));
    for (const term of new Set(terms)) addOwner(group.terms, term, owner);
    addOwner(group.prefixes, prefix, owner);
  }

  /** Takes back one adding. Deleting what was never added changes nothing. */
  delete({ terms, prefix, filters }: TextRead, owner: Owner): void {
    const { fields, values } = sorted(filters);
    const shape = this.#shapes.get(keyOf(fields));
    const group = shape?.groups.get(keyOf(values));
    if (shape === undefined || group === undefined) return;
    for (const term of new Set(terms)) deleteOwner(group.terms, term, owner);
    deleteOwner(group.prefixes, prefix, owner);
    if (group.terms.size === 0 && group.prefixes.size === 0) shape.groups.delete(keyOf(values));
    if (shape.groups.size === 0) this.#shapes.delete(keyOf(fields));
  }

  /** Adds to `into` the owners of every search that a document with this entry matches. */
  collect(entry: TextEntry, into: Set<Owner>): void {
    for (const { fields, groups } of this.#shapes.values()) {
      const group = groups.get(keyOf(fields.map((field) => entry.filters.get(field) ?? "")));
      if (group !== undefined) for (const term of entry.terms.keys()) collectIn(group, term, into);
    }
  }

  /** Adds to `into` every owner. */
  collectAll(into: Set<Owner>): void {
    for (const { groups } of this.#shapes.values()) {
      // Every search has a last term, which it also looks for as a beginning.
      for (const { prefixes } of groups.values()) {
        for (const owners of prefixes.values()) for (const owner of owners.keys()) into.add(owner);
      }
    }
  }
}

function collectIn<Owner>({ terms, prefixes }: Group<Owner>, term: string, into: Set<Owner>): void {
  for (const owner of terms.get(term)?.keys() ?? []) into.add(owner);
  for (let end = 1; end <= term.length; end++) {
    for (const owner of prefixes.get(term.slice(0, end))?.keys() ?? []) into.add(owner);
  }
}

/** A field that is filtered by twice stands twice: two values that differ are then no document's. */
function sorted(filters: TextRead["filters"]): { fields: string[]; values: string[] } {
  const inOrder = filters.toSorted((a, b) => (a.field + a.value < b.field + b.value ? -1 : 1));
  return { fields: inOrder.map(({ field }) => field), values: inOrder.map(({ value }) => value) };
}

function keyOf(parts: readonly string[]): string {
  return JSON.stringify(parts);
}

function addOwner<Owner>(map: Map<string, Owners<Owner>>, key: string, owner: Owner): void {
  const owners = getOrMake(map, key, () => new Map());
  owners.set(owner, (owners.get(owner) ?? 0) + 1);
}

function deleteOwner<Owner>(map: Map<string, Owners<Owner>>, key: string, owner: Owner): void {
  const owners = map.get(key);
  const times = owners?.get(owner);
  if (owners === undefined || times === undefined) return;
  if (times > 1) owners.set(owner, times - 1);
  else owners.delete(owner);
  if (owners.size === 0) map.delete(key);
}
