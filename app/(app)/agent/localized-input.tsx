"use client";

import type { ComponentProps } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import { Input } from "@/components/ui/input.tsx";
import { Textarea } from "@/components/ui/textarea.tsx";
import { useEditLanguage } from "./edit-language.ts";
import type { FormValues } from "./form-values.ts";

type Name = "offer.summary" | `offer.benefits.${number}` | `faq.${number}.answer`;

type LocalizedInputProps = Omit<ComponentProps<"textarea">, "name" | "placeholder"> & {
  name: Name;
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
  const { id, "aria-invalid": invalid, "aria-describedby": describedBy } = rest;
  return <Input key={language} id={id} aria-invalid={invalid} aria-describedby={describedBy} {...shared} />;
}
