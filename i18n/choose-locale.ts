"use server";

import { cookies } from "next/headers";
import { localeCookie, parseLocale } from "./locales.ts";

const yearInSeconds = 365 * 24 * 60 * 60;

/** Keeps the choice in this browser; anything that is not one of our locales changes nothing. */
export async function chooseLocale(wanted: string): Promise<void> {
  const locale = parseLocale(wanted);
  if (locale === null) return;
  (await cookies()).set(localeCookie, locale, { maxAge: yearInSeconds, path: "/", sameSite: "lax" });
}
