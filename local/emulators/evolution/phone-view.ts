import { formatPhone } from "../../../lib/domain/phone.ts";
import type { Content, InstanceRow, Message } from "./state.ts";
import type { World } from "./world.ts";

const PREVIEWS: Readonly<Record<Content["kind"], string>> = {
  text: "",
  image: "Foto",
  video: "Vídeo",
  audio: "Áudio",
  document: "Documento",
  sticker: "Figurinha",
  location: "Localização",
  contact: "Contato",
};

/** Everything that the phone page shows. Bytes of media have a route of their own, and API keys stay out. */
export function viewPhones(world: World, { instance, chat }: { instance: string | null; chat: string | null }) {
  const now = world.now();
  const chosen = world.findInstance(instance ?? "") ?? world.state.instances[0];
  return {
    now,
    instance: chosen?.name ?? null,
    instances: world.state.instances.map(viewInstance),
    chats: chosen === undefined ? [] : listChats(world, chosen),
    messages:
      chosen === undefined || chat === null
        ? []
        : world.listChat(chosen.name, chat).map((message) => viewMessage(world, message)),
    typing: world.typing.filter((typing) => typing.until > now && typing.instance === chosen?.name),
  };
}

function viewInstance({ name, state, owner, profileName, pairing }: InstanceRow) {
  const shownOwner = owner === null ? null : formatPhone(owner);
  return { name, state, owner, shownOwner, profileName, pairing };
}

function listChats(world: World, instance: InstanceRow) {
  const people = world.state.people.map(({ phone, name, addressing }) => ({
    chat: phone,
    title: name === phone ? formatPhone(phone) : name,
    subtitle: formatPhone(phone),
    addressing,
    isGroup: false,
  }));
  const groups = world.state.groups.map(({ jid, subject, members }) => ({
    chat: jid,
    title: subject,
    subtitle: members.map((phone) => world.findPerson(phone)?.name ?? phone).join(", "),
    addressing: null,
    isGroup: true,
    members: members.map((phone) => ({ phone, name: world.findPerson(phone)?.name ?? phone })),
  }));
  return [...people, ...groups]
    .map((entry) => ({ ...entry, ...summarize(world.listChat(instance.name, entry.chat)) }))
    .toSorted((left, right) => right.lastAt - left.lastAt || left.title.localeCompare(right.title));
}

/** `unread` counts what the company wrote and the person has not seen. */
function summarize(messages: Message[]) {
  const last = messages.at(-1);
  const unread = messages.filter(({ author, tick }) => author === null && tick !== "READ" && tick !== "PLAYED").length;
  if (last === undefined) return { lastAt: 0, preview: "", unread };
  return {
    lastAt: last.at,
    preview: last.deleted ? "Mensagem apagada" : (last.content.text ?? PREVIEWS[last.content.kind]),
    unread,
  };
}

function viewMessage(world: World, message: Message) {
  const { media, ...content } = message.content;
  const quoted = message.quotedId === null ? undefined : world.findMessage(message.instance, message.quotedId);
  return {
    id: message.id,
    author: message.author,
    authorName: message.author === null ? null : (world.findPerson(message.author)?.name ?? message.author),
    viaApi: message.viaApi,
    ...content,
    media: media && { mimeType: media.mimeType, fileName: media.fileName, voice: media.voice, seconds: media.seconds },
    quoted: quoted === undefined ? null : { text: quoted.content.text ?? PREVIEWS[quoted.content.kind] },
    at: message.at,
    tick: message.tick,
    edited: message.edited,
    deleted: message.deleted,
    reactions: Object.values(message.reactions),
  };
}
