import { z } from "zod";

const schema = z.object({
  CONVEX_URL: z.url(),
  CLERK_PUBLISHABLE_KEY: z.string().startsWith("pk_"),
  CLERK_PROXY_URL: z.literal("/__clerk").optional(),
  CLERK_JWT_KEY: z.string().optional(),
});

export type Environment = {
  convexUrl: string;
  clerk: { publishableKey: string; proxyUrl: string | undefined; jwtKey: string | undefined };
};

/** What the pages need of the environment, read now and not at build time. Throws and names the variables that are wrong. */
export function loadEnvironment(): Environment {
  const read = schema.safeParse(withoutEmpty(process.env));
  if (!read.success) throw new Error(`The environment is not complete.\n${z.prettifyError(read.error)}`);
  return {
    convexUrl: read.data.CONVEX_URL,
    clerk: {
      publishableKey: read.data.CLERK_PUBLISHABLE_KEY,
      proxyUrl: read.data.CLERK_PROXY_URL,
      jwtKey: read.data.CLERK_JWT_KEY,
    },
  };
}

function withoutEmpty(environment: NodeJS.ProcessEnv): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
}
