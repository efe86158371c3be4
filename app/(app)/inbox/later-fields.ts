/**
 * Facts that the inbox shows as soon as the server sends them, and does without until then: how far the viewer had read, which member
 * wrote, how large a picture is.
 */

export function numberIn(row: object, field: string): number | null {
  const value = fieldOf(row, field);
  return typeof value === "number" ? value : null;
}

export function textIn(row: object, field: string): string | null {
  const value = fieldOf(row, field);
  return typeof value === "string" ? value : null;
}

function fieldOf(row: object, field: string): unknown {
  return Object.entries(row).find(([name]) => name === field)?.[1];
}
