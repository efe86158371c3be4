import type { Formats } from "next-intl";

/** The shapes in which dates and numbers show; texts name them. */
export const formats = {
  dateTime: {
    full: { dateStyle: "full", timeStyle: "short" },
  },
} satisfies Formats;
