"use client";

import { MessageCircleQuestionMark } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { splitLinks } from "@/components/chat/text-links.ts";
import { AudioPlayer } from "./audio-player.tsx";
import { ContactCards } from "./contact-cards.tsx";
import { DocumentCard } from "./document-card.tsx";
import { ImageView } from "./image-view.tsx";
import { LocationCard } from "./location-card.tsx";
import { MediaPending } from "./media-pending.tsx";
import type { MessageRow } from "./message-row.ts";
import { VideoView } from "./video-view.tsx";

/** What was said: the thing itself, and the words that came with it. */
export function MessageBody({ message, time }: { message: MessageRow; time: ReactNode }) {
  const t = useTranslations("inbox.thread");
  const { text, location, contacts, media, pollOptions } = message;
  const isEmpty = text === null && media === null && location === null && contacts.length === 0;
  if (isEmpty || message.kind === "unsupported") {
    return (
      <div className="flow-root text-sm text-muted">
        <MessageCircleQuestionMark aria-hidden className="me-1.5 inline size-4 align-text-bottom" />
        {t("unsupported")}
        {time}
      </div>
    );
  }
  return (
    <>
      {media === null ? null : <Media message={message} />}
      {location === null ? null : <LocationCard location={location} />}
      {contacts.length === 0 ? null : <ContactCards contacts={contacts} />}
      {pollOptions.length === 0 ? null : <PollOptions options={pollOptions} />}
      {text === null ? time : <Words text={text} time={time} />}
    </>
  );
}

function Media({ message: { kind, media, text } }: { message: MessageRow }) {
  if (media === null) return null;
  const { url } = media;
  if (media.state !== "stored" || url === null) return <MediaPending kind={kind} media={media} />;
  const shown = { media, url };
  if (kind === "audio") return <AudioPlayer {...shown} />;
  if (kind === "video") return <VideoView {...shown} />;
  if (kind === "image" || kind === "sticker")
    return <ImageView {...shown} isSticker={kind === "sticker"} caption={text} />;
  return <DocumentCard {...shown} />;
}

function PollOptions({ options }: { options: readonly string[] }) {
  return (
    <ul className="mt-1 grid w-64 max-w-full gap-1">
      {options.map((option) => (
        <li key={option} className="rounded-md border border-line bg-surface px-2 py-1 text-sm">
          {option}
        </li>
      ))}
    </ul>
  );
}

/** The time floats after the last word: on its line where there is room, below it where there is none. */
function Words({ text, time }: { text: string; time: ReactNode }) {
  return (
    <div className="flow-root text-base leading-5.5 whitespace-pre-wrap [overflow-wrap:anywhere]">
      {splitLinks(text).map(({ text: part, href }, index) =>
        href === null ? (
          part
        ) : (
          <a key={index} href={href} target="_blank" rel="noopener noreferrer nofollow" className={linkStyle}>
            {part}
          </a>
        ),
      )}
      {time}
    </div>
  );
}

const linkStyle = "underline underline-offset-2";
