import { create } from "qrcode";

/** Modules of white that scanners want around a code. */
const QUIET_ZONE = 4;

/** A code as one path of squares, a unit each, in a square of `size` units with its quiet zone. */
export function qrPathOf(code: string): { size: number; path: string } {
  const { modules } = create(code, { errorCorrectionLevel: "L" });
  const rows = Array.from({ length: modules.size }, (_, row) => row);
  const squares = rows.flatMap((row) =>
    rows.flatMap((column) =>
      modules.get(row, column) === 0 ? [] : [`M${column + QUIET_ZONE} ${row + QUIET_ZONE}h1v1h-1z`],
    ),
  );
  return { size: modules.size + 2 * QUIET_ZONE, path: squares.join("") };
}
