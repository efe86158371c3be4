import { z } from "zod";
import { parseServerAddress } from "@/lib/domain/server-address.ts";

export const serverSchema = z.object({
  mode: z.enum(["create", "attach"]),
  name: z.string().trim().min(1, "required").max(80, "tooLong"),
  address: z.string().refine((typed) => parseServerAddress(typed) !== null, "notAnAddress"),
  key: z.string().trim().min(1, "required"),
  account: z
    .string()
    .trim()
    .min(1, "required")
    .max(100, "tooLong")
    .regex(/^[\w.-]+$/, "accountForm"),
});

export type ServerFields = z.infer<typeof serverSchema>;
