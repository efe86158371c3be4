"use client";

import { Pause, Play } from "lucide-react";
import { useTranslations } from "next-intl";
import { nextSpeed, playTime } from "./media-sizes.ts";
import type { MessageMedia } from "./message-row.ts";
import { useAudio } from "./use-audio.ts";

/** Play, seek and speed, each a real button or slider: the keyboard has them all. */
export function AudioPlayer({ media, url }: { media: MessageMedia; url: string }) {
  const t = useTranslations("inbox");
  const { element, events, ...audio } = useAudio(media.durationSeconds ?? 0);
  const Icon = audio.isPlaying ? Pause : Play;
  const spoken = t("audio.position", { at: playTime(audio.seconds), of: playTime(audio.duration) });
  if (audio.isBroken) return <p className="text-sm text-muted">{t("audio.broken")}</p>;
  return (
    <fieldset
      aria-label={t(media.voice ? "audio.voice" : "kinds.audio")}
      className="flex w-64 min-w-0 max-w-full items-center gap-2 py-0.5"
    >
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- a voice note has no captions */}
      <audio ref={element} src={url} preload="metadata" {...events} />
      <button
        type="button"
        aria-label={t(audio.isPlaying ? "audio.pause" : "audio.play")}
        onClick={audio.toggle}
        className="grid size-9 shrink-0 place-items-center rounded-full bg-brand text-brand-ink hover:bg-brand-hover touch:size-11"
      >
        <Icon aria-hidden fill="currentColor" className="size-4" />
      </button>
      <div className="min-w-0 flex-1">
        <input
          type="range"
          aria-label={t("audio.seek")}
          aria-valuetext={spoken}
          min={0}
          max={Math.max(audio.duration, 0.1)}
          step="any"
          value={audio.seconds}
          onChange={(event) => audio.seek(event.currentTarget.valueAsNumber)}
          onKeyDown={audio.onSeekKey}
          className="block h-4 w-full accent-brand"
        />
        <span aria-hidden className="flex justify-between text-2xs text-muted">
          <span>{playTime(audio.seconds)}</span>
          <span>{playTime(audio.duration)}</span>
        </span>
      </div>
      <button
        type="button"
        aria-label={t("audio.speed", { speed: audio.speed })}
        onClick={() => audio.setSpeed(nextSpeed(audio.speed))}
        className="h-6 w-9 shrink-0 rounded-full border border-line-strong bg-surface text-2xs font-medium text-muted hover:text-ink touch:h-9"
      >
        {audio.speed}×
      </button>
    </fieldset>
  );
}
