"use client";

import { useRef, useState, type KeyboardEvent, type SyntheticEvent } from "react";

/** A key moves the position by this much. */
const stepSeconds = 5;

/** An `<audio>` element as a state: the element is the truth, this mirrors it. `knownSeconds` counts until its own length is known. */
export function useAudio(knownSeconds: number) {
  const element = useRef<HTMLAudioElement>(null);
  const [isPlaying, setIsPlaying] = useState(false);
  const [isBroken, setIsBroken] = useState(false);
  const [seconds, setSeconds] = useState(0);
  const [duration, setDuration] = useState(knownSeconds);
  const [speed, setSpeed] = useState(1);
  const seek = (to: number) => {
    const audio = element.current;
    if (audio === null) return;
    audio.currentTime = Math.min(Math.max(to, 0), duration);
    setSeconds(audio.currentTime);
  };
  return {
    element,
    isPlaying,
    isBroken,
    seconds,
    duration,
    speed,
    seek,
    toggle: () => {
      const audio = element.current;
      if (audio === null) return;
      // A play that another voice cuts short rejects; the element's own events say what became of it.
      if (audio.paused) void audio.play().catch(() => setIsPlaying(false));
      else audio.pause();
    },
    setSpeed: (next: number) => {
      if (element.current !== null) element.current.playbackRate = next;
      setSpeed(next);
    },
    onSeekKey: (event: KeyboardEvent) => {
      const step = { ArrowLeft: -stepSeconds, ArrowDown: -stepSeconds, ArrowRight: stepSeconds, ArrowUp: stepSeconds };
      const by = Object.entries(step).find(([key]) => key === event.key)?.[1];
      if (by === undefined) return;
      event.preventDefault();
      seek(seconds + by);
    },
    events: {
      onPlay: () => setIsPlaying(true),
      onPause: () => setIsPlaying(false),
      onEnded: () => seek(0),
      onError: () => setIsBroken(true),
      onTimeUpdate: ({ currentTarget }: SyntheticEvent<HTMLAudioElement>) => setSeconds(currentTarget.currentTime),
      onDurationChange: ({ currentTarget }: SyntheticEvent<HTMLAudioElement>) => {
        // Voice notes without a length in their header say Infinity until they were played to the end.
        if (Number.isFinite(currentTarget.duration)) setDuration(currentTarget.duration);
      },
    },
  };
}
