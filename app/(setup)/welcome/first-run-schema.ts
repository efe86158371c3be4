import { z } from "zod";

export const tones = ["warm", "direct", "formal"] as const;

/** Messages are keys of `fieldErrors`. The server checks the same limits. */
export const firstRunSchema = z.object({
  company: z.string().trim().min(2, "tooShort").max(120, "tooLong"),
  sells: z.string().trim().min(20, "sayMore").max(2000, "tooLong"),
  tone: z.enum(tones),
});

export type FirstRunAnswers = z.infer<typeof firstRunSchema>;

/** One question a step, in the order in which they are asked. */
export const steps = ["company", "sells", "tone"] as const satisfies readonly (keyof FirstRunAnswers)[];
