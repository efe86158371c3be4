export type Box = { width: number; height: number };

const widest = 320;
const tallest = 360;
const narrowest = 120;
/** For pictures whose size the provider did not say. */
const usual: Box = { width: 280, height: 210 };

/** The room to keep free for a picture before its bytes are here, in CSS pixels: nothing moves when it comes. */
export function boxOf(size: { width: number | null; height: number | null }): Box {
  const { width, height } = size;
  if (width === null || height === null || width <= 0 || height <= 0) return usual;
  const scale = Math.min(widest / width, tallest / height, 1);
  return {
    width: Math.max(Math.round(width * scale), narrowest),
    height: Math.max(Math.round(height * scale), Math.round(narrowest / 2)),
  };
}

const units = ["B", "KB", "MB", "GB"] as const;

/** In the unit that gives a number below 1000. */
export function sizeOf(byteLength: number): { value: number; unit: (typeof units)[number] } {
  let value = byteLength;
  for (const unit of units) {
    if (value < 1000 || unit === "GB") return { value, unit };
    value /= 1000;
  }
  return { value, unit: "GB" };
}

/** `0:07`, `12:30`, `1:02:03`. */
export function playTime(seconds: number): string {
  const whole = Number.isFinite(seconds) ? Math.max(0, Math.round(seconds)) : 0;
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const rest = String(whole % 60).padStart(2, "0");
  return hours === 0 ? `${minutes}:${rest}` : `${hours}:${String(minutes).padStart(2, "0")}:${rest}`;
}

const speeds = [1, 1.5, 2];

/** The next of the speeds at which a voice can be heard, and from the last one back to the first. */
export function nextSpeed(speed: number): number {
  return speeds[(speeds.indexOf(speed) + 1) % speeds.length] ?? 1;
}
