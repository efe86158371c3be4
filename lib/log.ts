/**
 * One line of JSON per event, for machines to search. Facts are ids, counts, names and codes: never what people wrote,
 * tokens, or phone numbers.
 */
export function log(level: "info" | "warn" | "error", event: string, facts: Record<string, LogFact> = {}): void {
  const stream = level === "info" ? process.stdout : process.stderr;
  stream.write(`${JSON.stringify({ level, event, at: new Date().toISOString(), ...facts })}\n`);
}

type LogFact = string | number | boolean | null;
