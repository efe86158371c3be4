import type { Manifest } from "../types.ts";

/** Evolution API v2 (WhatsApp through a paired phone). Active is what recorded payloads of real servers prove. */
export const manifest: Manifest = {
  id: "evolution",
  name: "Evolution API",
  channel: "whatsapp",
  maxWebhookBytes: 3 * 1024 * 1024,
  capabilities: {
    receive_text: "active",
    receive_media: "active",
    receive_location: "active",
    receive_contact: "active",
    receive_reactions: "active",
    receive_edits: "active",
    receive_deletions: "active",
    receive_groups: "active",
    receive_choices: "active",
    receive_presence: "beta",
    own_device_echo: "active",
    statuses: "active",
    pairing: "active",
    send_text: "active",
    send_quote: "active",
    send_media: "planned",
    send_reaction: "planned",
    mark_read: "active",
    typing: "active",
    fetch_media: "active",
    look_up: "beta",
  },
};
