"use client";

import { createContext, useContext } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import type { Language } from "@/lib/domain/playbook-language.ts";
import type { FormValues } from "./form-values.ts";

type Choice = { language: Language; choose: (language: Language) => void };

/** The language whose texts are being written, in all sections at once. */
export const EditLanguageContext = createContext<Choice | null>(null);

/** `language` is one that the agent serves; `main` is the team's own. */
export function useEditLanguage(): Choice & { main: Language; languages: readonly Language[] } {
  const choice = useContext(EditLanguageContext);
  if (choice === null) throw new Error("useEditLanguage is for what is inside the playbook's form");
  const languages = useWatch({ control: useFormContext<FormValues>().control, name: "languages" });
  const [main = "pt"] = languages;
  return { ...choice, main, languages, language: languages.includes(choice.language) ? choice.language : main };
}
