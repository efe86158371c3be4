/**
 * How fast one account may send. WhatsApp gives a number that also lives on a phone 20 messages a second, and takes what is faster
 * for spam; Meta's other channels allow more, and are asked for the same. What only we serve is held back by nobody.
 */
export type Pace = { perSecond: number; burst: number };

export type Channel = "whatsapp" | "instagram" | "messenger" | "webchat" | "email";

const META: Pace = { perSecond: 20, burst: 20 };

const PACES: Readonly<Record<Channel, Pace | null>> = {
  whatsapp: META,
  instagram: META,
  messenger: META,
  webchat: null,
  email: { perSecond: 5, burst: 20 },
};

/** Null where nothing has to be asked. */
export function paceOf(channel: Channel): Pace | null {
  return PACES[channel];
}
