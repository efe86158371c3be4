import { clerkMiddleware } from "@clerk/nextjs/server";
import { parseClerkEnv } from "./lib/env.ts";

/**
 * Only recognises who asks; pages decide what they let in. With `CLERK_PROXY_URL` the browser reaches Clerk through this origin, which
 * the local world needs; without it Clerk is reached directly.
 */
export const proxy = clerkMiddleware(
  () => undefined,
  () => {
    const { CLERK_PUBLISHABLE_KEY, CLERK_PROXY_URL, CLERK_JWT_KEY } = parseClerkEnv();
    return {
      publishableKey: CLERK_PUBLISHABLE_KEY,
      signInUrl: "/sign-in",
      signUpUrl: "/sign-up",
      ...(CLERK_JWT_KEY === undefined ? {} : { jwtKey: CLERK_JWT_KEY }),
      ...(CLERK_PROXY_URL === undefined
        ? {}
        : { proxyUrl: CLERK_PROXY_URL, frontendApiProxy: { enabled: true, path: CLERK_PROXY_URL } }),
    };
  },
);

export const config = {
  // Files, the doors for machines (where Clerk would take a provider's bearer token for one of its own) and what visitors of
  // an organization's chat see stay out: nobody signs in there.
  matcher: [
    "/__clerk/:path*",
    "/((?!_next|c/|api/webchat|api/webhooks|api/v1|api/health|.*\\.(?:ico|svg|png|jpg|woff2|txt|webmanifest|map)$).*)",
  ],
};
