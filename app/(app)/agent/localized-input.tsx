"use client";

import type { ComponentProps } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import { Textarea } from "@/components/ui/textarea.tsx";
import { useEditLanguage } from "./edit-language.ts";
import type { FormValues } from "./form-values.ts";
import { LineInput } from "./line-input.tsx";

type Name = "offer.summary" | `offer.benefits.${number}` | `faq.${number}.answer`;

type LocalizedInputProps = Omit<ComponentProps<"textarea">, "name" | "placeholder"> & {
  name: Name;
  /** `one` begins with a line and grows; `many` has room from the start. */
  lines?: "one" | "many";
  placeholder?: string;
};

/** The text in the language that is being written. The team's own wording shows through where a translation is missing. */
export function LocalizedInput({ name, lines = "many", placeholder, ...rest }: LocalizedInputProps) {
  const { register, control } = useFormContext<FormValues>();
  const { language, main } = useEditLanguage();
  const original = useWatch({ control, name: `${name}.${main}` });
  const shared = {
    ...register(`${name}.${language}`),
    lang: language,
    placeholder: language === main ? placeholder : original,
  };
  if (lines === "many") return <Textarea key={language} {...rest} {...shared} />;
  return <LineInput key={language} {...rest} {...shared} />;
}
