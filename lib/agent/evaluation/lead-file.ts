// Simulated leads as data. This is where their files are parsed; everything behind it is typed.
import { readFileSync } from "node:fs";
import { z } from "zod";

const factTruth = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  /** Any of these, folded, inside the value. */
  z.array(z.string()),
  z.object({ money: z.number() }),
  /** Values told along the way; the last one is the truth. */
  z.object({ said: z.array(z.number()), final: z.number() }),
]);

const leadSchema = z.object({
  id: z.string(),
  persona: z.string(),
  playbook: z.enum(["nexa", "first-run"]),
  contactName: z.string().optional(),
  /** First messages; `[audio]` is a voice note. */
  opening: z.array(z.string()),
  /** What the lead says to a question about each topic; a second entry is said when asked again. */
  replies: z.record(z.string(), z.array(z.string())).default({}),
  /** Said at a turn, whatever was asked; with `also` the question is answered too. */
  script: z
    .array(
      z.object({
        turn: z.number(),
        says: z.string(),
        reveals: z.array(z.string()).default([]),
        also: z.boolean().default(false),
      }),
    )
    .default([]),
  /** Said to what has no reply, in order; the last one repeats. */
  otherwise: z.array(z.string()).default(["ok"]),
  facts: z.record(z.string(), factTruth),
  truth: z.object({
    outcome: z.enum(["open", "qualified", "disqualified", "nurture", "opted_out", "handed_off"]),
    stages: z.array(z.enum(["situation", "problem", "implication", "needPayoff"])),
  }),
});

export type FactTruth = z.infer<typeof factTruth>;
export type LeadData = z.infer<typeof leadSchema>;
export type Half = "tuning" | "held-out";
/** `language` is the one that replies have to be in; a lead whose language nobody serves is in English, the common one. */
export type SimulatedLead = LeadData & { half: Half; language: "pt" | "en" };

const FILES = [
  { name: "tuning-pt", half: "tuning", language: "pt" },
  { name: "tuning-pt-2", half: "tuning", language: "pt" },
  { name: "tuning-en", half: "tuning", language: "en" },
  { name: "tuning-en-2", half: "tuning", language: "en" },
  { name: "held-out-pt", half: "held-out", language: "pt" },
  { name: "held-out-en", half: "held-out", language: "en" },
] as const;

export function readLeads(): SimulatedLead[] {
  return FILES.flatMap(({ name, half, language }) => {
    const file = new URL(`leads/${name}.json`, import.meta.url);
    const leads = z.array(leadSchema).parse(JSON.parse(readFileSync(file, "utf8")));
    return leads.map((lead) => ({ ...lead, half, language }));
  });
}
