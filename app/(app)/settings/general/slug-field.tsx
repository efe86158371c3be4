import { useTranslations } from "next-intl";
import { CopyButton } from "@/components/ui/copy-button.tsx";
import { Field } from "@/components/ui/field.tsx";
import { Input } from "@/components/ui/input.tsx";

export function SlugField({ slug }: { slug: string }) {
  const t = useTranslations("general");
  const common = useTranslations("common");
  return (
    <div className="flex items-start gap-1">
      <Field label={t("slug")} hint={t("slugHint")} className="flex-1">
        <Input readOnly value={slug} className="font-mono text-sm" />
      </Field>
      <div className="mt-7">
        <CopyButton text={slug} label={common("copy")} copiedLabel={common("copied")} />
      </div>
    </div>
  );
}
