import { z } from "zod";

/** What the emulators' process says when all of them answer. */
export const emulatorsStartedSchema = z.object({
  /** Address by provider, as in ready.json. */
  urls: z.record(z.string(), z.string()),
  clerk: z.object({ publishableKey: z.string(), issuer: z.string(), jwtPublicKeyPem: z.string() }),
});

export type EmulatorsStarted = z.infer<typeof emulatorsStartedSchema>;
