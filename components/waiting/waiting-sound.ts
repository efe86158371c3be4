import { DeviceSetting } from "@/components/shell/device-setting.ts";
import { runInOnePage } from "./one-page.ts";

/** Whether a conversation that begins to wait may be heard. Nothing is played before somebody said yes. */
export const soundSetting = new DeviceSetting({
  key: "qify.waitingSound",
  values: ["unasked", "on", "off"] as const,
  fallback: "unasked",
});

/** Two soft notes, a fifth apart: frequency in Hz, start in seconds. */
const notes = [
  { frequency: 587.33, at: 0 },
  { frequency: 880, at: 0.14 },
] as const;
const noteSeconds = 0.5;
const loudness = 0.09;
/** So far apart the pages of one browser hear the same news. */
const heardWithinMs = 2000;

let context: AudioContext | null = null;

/** Browsers let a page sound only after somebody touched it: until then this does nothing. */
export function playWaitingSound(): void {
  context ??= new AudioContext();
  const audio = context;
  void audio.resume().then(() => notes.forEach((note) => playNote(audio, note)));
}

/** The same where this page is one of many that heard the news: one of them sounds. */
export function playWaitingSoundOnce(): void {
  // A page that nobody touched cannot sound, and leaves it to one that can.
  if (!navigator.userActivation.hasBeenActive) return;
  void runInOnePage({
    locks: navigator.locks,
    name: "qify.waitingSound",
    run: playWaitingSound,
    holdMs: heardWithinMs,
  });
}

function playNote(audio: AudioContext, { frequency, at }: (typeof notes)[number]): void {
  const start = audio.currentTime + at;
  const gain = new GainNode(audio, { gain: 0 });
  gain.gain.setValueAtTime(0, start);
  gain.gain.linearRampToValueAtTime(loudness, start + 0.015);
  gain.gain.exponentialRampToValueAtTime(0.0001, start + noteSeconds);
  const tone = new OscillatorNode(audio, { type: "sine", frequency });
  tone.connect(gain).connect(audio.destination);
  tone.start(start);
  tone.stop(start + noteSeconds);
}
