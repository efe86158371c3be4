"use client";

import { useAction } from "convex/react";
import { useTranslations } from "next-intl";
import { type FormEvent, useState, useTransition } from "react";
import { Button } from "@/components/ui/button.tsx";
import { CopyButton } from "@/components/ui/copy-button.tsx";
import { Field } from "@/components/ui/field.tsx";
import { Input } from "@/components/ui/input.tsx";
import { api } from "@/convex/_generated/api";
import type { CodeLife } from "../code-life.ts";
import type { Setup } from "../rows.ts";
import { useSetupText } from "../use-setup-toast.ts";
import { CountdownRing } from "./countdown-ring.tsx";

type PhoneCodeProps = { connectionId: Setup["_id"]; code: string | null; life: CodeLife | null };

/** Pairs without a camera: the phone's number first, then eight characters to type on it. */
export function PhoneCode({ connectionId, code, life }: PhoneCodeProps) {
  const t = useTranslations("connections.scan");
  const connect = useAction(api.connections.accounts.connect);
  const setupText = useSetupText();
  const [phone, setPhone] = useState("");
  const [problem, setProblem] = useState<string>();
  const [asking, startAsking] = useTransition();
  const ask = (event: FormEvent) => {
    event.preventDefault();
    startAsking(async () => {
      try {
        setProblem(undefined);
        await connect({ connectionId, phone });
      } catch (error) {
        setProblem(setupText(error));
      }
    });
  };
  return (
    <div className="mx-auto grid w-full max-w-72 gap-4 md:w-72">
      <form onSubmit={ask} noValidate className="grid gap-3">
        <Field label={t("phone")} hint={t("phoneHint")} error={problem}>
          <Input
            type="tel"
            autoComplete="off"
            dir="ltr"
            placeholder="(11) 98765-4321"
            value={phone}
            onChange={(event) => setPhone(event.target.value)}
          />
        </Field>
        <Button type="submit" variant={code === null ? "primary" : "secondary"} busy={asking}>
          {t(code === null ? "getCode" : "getNewCode")}
        </Button>
      </form>
      {code === null ? null : <CodeToType code={code} />}
      {code !== null && life?.state === "live" ? <CountdownRing life={life} /> : null}
    </div>
  );
}

function CodeToType({ code }: { code: string }) {
  const t = useTranslations("connections.scan");
  const common = useTranslations("common");
  const shown = code.length === 8 ? `${code.slice(0, 4)}-${code.slice(4)}` : code;
  return (
    <output className="flex items-center justify-between gap-2 rounded-xl border border-line bg-sunken py-3 ps-4 pe-2">
      <bdi
        dir="ltr"
        aria-label={t("typedCode", { code: code.replaceAll(/(?<=.)(?=.)/g, " ") })}
        className="font-mono text-xl font-semibold tracking-widest"
      >
        {shown}
      </bdi>
      <CopyButton text={code} label={common("copy")} copiedLabel={common("copied")} />
    </output>
  );
}
