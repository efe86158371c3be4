import type messages from "../messages/pt-BR.json";
import type { formats } from "./formats.ts";
import type { Locale as KnownLocale } from "./locales.ts";

declare module "next-intl" {
  interface AppConfig {
    Locale: KnownLocale;
    Messages: typeof messages;
    Formats: typeof formats;
  }
}
