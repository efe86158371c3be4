import { getRequestConfig } from "next-intl/server";
import { cookies, headers } from "next/headers";
import en from "../messages/en.json" with { type: "json" };
import ptBR from "../messages/pt-BR.json" with { type: "json" };
import { formats } from "./formats.ts";
import { defaultTimeZone, localeCookie, pickLocale } from "./locales.ts";

const messages = { "pt-BR": ptBR, en };

/** No locale in the path: a link that a colleague shares opens in the language of whoever opens it. */
export default getRequestConfig(async () => {
  const chosen = (await cookies()).get(localeCookie)?.value;
  const locale = pickLocale({ chosen, acceptLanguage: (await headers()).get("accept-language") });
  return { locale, messages: messages[locale], timeZone: defaultTimeZone, formats };
});
