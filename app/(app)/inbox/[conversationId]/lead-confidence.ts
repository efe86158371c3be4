/** A share between 0 and 1 as the word that people are told. */
export function confidenceOf(confidence: number): "high" | "medium" | "low" {
  if (confidence >= 0.85) return "high";
  return confidence >= 0.6 ? "medium" : "low";
}
