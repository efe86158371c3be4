const CELL = /"([^"]*(?:""[^"]*)*)"(?=,|\r?\n|$)|([^,\n]*)/y;

/** The records of comma-separated values (RFC 4180), with either end of line; empty lines are none. */
export function parseCsv(text: string): string[][] {
  const records: string[][] = [];
  for (let at = 0; at < text.length;) {
    const { cells, next } = readRecord(text, at);
    if (cells.length > 1 || cells[0] !== "" || text[at] === '"') records.push(cells);
    at = next;
  }
  return records;
}

/** The cells up to the end of a line, and where the next one begins. */
function readRecord(text: string, start: number): { cells: string[]; next: number } {
  const cells: string[] = [];
  for (let at = start; ; at++) {
    CELL.lastIndex = at;
    const [matched = "", quoted, plain = ""] = CELL.exec(text) ?? [];
    at += matched.length;
    const isLast = text[at] !== ",";
    cells.push(quoted?.replaceAll('""', '"') ?? (isLast ? plain.replace(/\r$/, "") : plain));
    if (isLast) return { cells, next: text[at] === "\r" ? at + 2 : at + 1 };
  }
}
