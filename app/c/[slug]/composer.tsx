import { SendHorizontal } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState, type KeyboardEvent } from "react";
import { Button } from "@/components/ui/button.tsx";
import { Textarea } from "@/components/ui/textarea.tsx";
import { useTypingNotice } from "./use-typing-notice.ts";

const MAX_TEXT = 2_000;
/** From here on the visitor sees how much is left. */
const COUNTED_FROM = 1_800;

type ComposerProps = { isUp: boolean; onSend: (text: string) => void };

/** Enter sends, Shift+Enter breaks the line. `isUp`: somebody can be told that one is typing. */
export function Composer({ isUp, onSend }: ComposerProps) {
  const t = useTranslations("webchat");
  const [text, setText] = useState("");
  const noteTyping = useTypingNotice(isUp);
  const submit = () => {
    const words = text.trim();
    if (words === "" || words.length > MAX_TEXT) return;
    onSend(words);
    setText("");
    noteTyping(false);
  };
  return (
    <form
      className="border-t border-line px-4 pt-3 pb-[max(0.75rem,env(safe-area-inset-bottom))]"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div className="flex items-end gap-2">
        <Textarea
          rows={1}
          maxLength={MAX_TEXT}
          aria-label={t("message")}
          placeholder={t("placeholder")}
          className="max-h-40 min-h-11 py-2.5"
          value={text}
          onKeyDown={(event) => {
            if (!isSend(event)) return;
            event.preventDefault();
            submit();
          }}
          onChange={({ target }) => {
            setText(target.value);
            noteTyping(target.value !== "");
          }}
        />
        <Button type="submit" variant="primary" size="icon" aria-label={t("send")} className="size-11">
          <SendHorizontal aria-hidden />
        </Button>
      </div>
      <SmallPrint length={text.length} />
    </form>
  );
}

function SmallPrint({ length }: { length: number }) {
  const t = useTranslations("webchat");
  return (
    <>
      {length < COUNTED_FROM ? null : (
        <output className="mt-1 block text-end text-xs text-muted tabular-nums">
          {t("left", { count: MAX_TEXT - length })}
        </output>
      )}
      <p className="mt-2 text-center text-2xs text-faint">
        {t("privacy")} {t("poweredBy")}
      </p>
    </>
  );
}

/** Enter while a character is being composed (Japanese, a dead key) chooses it. */
function isSend({ key, shiftKey, nativeEvent }: KeyboardEvent): boolean {
  return key === "Enter" && !shiftKey && !nativeEvent.isComposing;
}
