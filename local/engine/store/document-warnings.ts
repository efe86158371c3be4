import type { Extent } from "../values/documents.ts";
import { MAX_DOCUMENT_BYTES, MAX_DOCUMENT_NESTING } from "../values/limits.ts";
import { isNear, nearLimit } from "../values/near-limits.ts";

/** True when production warns of who writes such a document. */
export function isLarge({ size, nesting }: Extent): boolean {
  return (
    isNear({ actual: size, limit: MAX_DOCUMENT_BYTES }) || isNear({ actual: nesting, limit: MAX_DOCUMENT_NESTING })
  );
}

/** What production logs of the largest of these documents and of the deepest, when they come near what a document may be. */
export function documentWarnings(documents: ReadonlyMap<string, Extent>): string[] {
  const [largest] = [...documents].toSorted(([, a], [, b]) => b.size - a.size);
  const [deepest] = [...documents].toSorted(([, a], [, b]) => b.nesting - a.nesting);
  if (largest === undefined || deepest === undefined) return [];
  const size = { actual: largest[1].size, limit: MAX_DOCUMENT_BYTES, unit: " bytes" };
  const nesting = { actual: deepest[1].nesting, limit: MAX_DOCUMENT_NESTING, unit: " levels" };
  return [
    ...nearLimit(`Large document written with ID "${largest[0]}"`, size),
    ...nearLimit(`Deeply nested document written with ID "${deepest[0]}"`, nesting),
  ];
}
