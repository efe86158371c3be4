import { clerkMiddleware } from "@clerk/nextjs/server";
import { loadEnvironment } from "./app/environment.ts";

/**
 * Only recognises who asks; pages decide what they let in. With `CLERK_PROXY_URL` the browser reaches Clerk through this origin, which
 * the local world needs; without it Clerk is reached directly.
 */
export default clerkMiddleware(
  () => undefined,
  () => {
    const { publishableKey, proxyUrl, jwtKey } = loadEnvironment().clerk;
    return {
      publishableKey,
      signInUrl: "/sign-in",
      signUpUrl: "/sign-up",
      ...(jwtKey === undefined ? {} : { jwtKey }),
      ...(proxyUrl === undefined ? {} : { proxyUrl, frontendApiProxy: { enabled: true, path: proxyUrl } }),
    };
  },
);

export const config = {
  // Files and the doors for machines stay out: at those, Clerk would take a provider's bearer token for one of its own.
  matcher: [
    "/__clerk/:path*",
    "/((?!_next|api/webhooks|api/v1|api/health|.*\\.(?:ico|svg|png|jpg|woff2|txt|webmanifest|map)$).*)",
  ],
};
