// The thread: one element per message, replaced only when what it shows has changed (so that a playing audio goes on).

const TICKS = {
  PENDING: { label: "Enviando", path: "M8 2a5 5 0 1 0 .01 0M8 4v3h2" },
  SERVER_ACK: { label: "Enviada", path: "M4 6.5L7 9.5 13 2.5" },
  DELIVERY_ACK: { label: "Entregue", path: "M1 6.5L4 9.5 10 2.5M7.5 9.5L15 2.5" },
  READ: { label: "Lida", path: "M1 6.5L4 9.5 10 2.5M7.5 9.5L15 2.5", read: true },
  PLAYED: { label: "Ouvida", path: "M1 6.5L4 9.5 10 2.5M7.5 9.5L15 2.5", read: true },
};

const clock = new Intl.DateTimeFormat("pt-BR", { hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat("pt-BR", { weekday: "long", day: "numeric", month: "long" });

export function showTime(at) {
  return clock.format(at);
}

/** Brings `log` to what the view says. `mine` tells which messages are on the right. */
export function renderThread(log, { messages, typing, mine, mediaUrl, isGroup }) {
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  const old = new Map([...log.children].map((element) => [element.dataset.key, element]));
  const wanted = [];
  let previous;
  for (const message of messages) {
    if (previous === undefined || day.format(previous.at) !== day.format(message.at)) wanted.push(dayEntry(message.at));
    const turn = previous !== undefined && previous.author !== message.author;
    wanted.push({
      key: message.id,
      make: () => makeBubble(message, { mine: mine(message), turn, mediaUrl, isGroup }),
      shown: [message, turn, mine(message)],
    });
    previous = message;
  }
  if (typing) wanted.push({ key: "typing", make: makeTyping, shown: typing.presence });
  const grown = wanted.length > log.children.length;
  log.replaceChildren(...wanted.map((entry) => reuse(old, entry)));
  if (atEnd || grown) log.scrollTop = log.scrollHeight;
}

function reuse(old, { key, make, shown }) {
  const signature = JSON.stringify(shown);
  const element = old.get(key);
  if (element?.dataset.signature === signature) return element;
  const fresh = make();
  fresh.dataset.key = key;
  fresh.dataset.signature = signature;
  return fresh;
}

function dayEntry(at) {
  const words = day.format(at);
  return { key: `day-${words}`, make: () => element("p", "day", words), shown: words };
}

function makeTyping() {
  const bubble = element("div", "bubble writing turn");
  bubble.append(element("i"), element("i"), element("i"));
  bubble.setAttribute("aria-label", "A empresa está digitando");
  return bubble;
}

function makeBubble(message, { mine, turn, mediaUrl, isGroup }) {
  const bubble = element(
    "article",
    ["bubble", mine && "mine", turn && "turn", message.reactions.length > 0 && "reacted"].filter(Boolean).join(" "),
  );
  bubble.dataset.id = message.id;
  if (isGroup && !mine && message.authorName) bubble.append(element("p", "author", message.authorName));
  if (message.deleted) bubble.append(element("p", "gone", "Mensagem apagada"));
  else bubble.append(...makeBody(message, mediaUrl));
  bubble.append(makeMeta(message, mine));
  if (message.reactions.length > 0) bubble.append(element("span", "reactions", message.reactions.join(" ")));
  const more = element("button", "more", "⋯");
  more.type = "button";
  more.setAttribute("aria-label", `Ações da mensagem: ${message.text ?? message.kind}`);
  if (!message.deleted) bubble.append(more);
  return bubble;
}

function makeBody(message, mediaUrl) {
  const parts = [];
  if (message.quoted) parts.push(element("p", "quoted", message.quoted.text));
  if (message.media) parts.push(makeMedia(message, mediaUrl(message.id)));
  if (message.location)
    parts.push(
      element(
        "p",
        "words",
        `📍 ${message.location.name ?? `${message.location.latitude}, ${message.location.longitude}`}`,
      ),
    );
  if (message.contact) parts.push(element("p", "words", `👤 ${message.contact.name} · +${message.contact.phone}`));
  if (message.text) parts.push(element("p", "words", message.text));
  return parts;
}

function makeMedia({ kind, media, text }, url) {
  if (kind === "image" || kind === "sticker") return Object.assign(element("img"), { src: url, alt: text ?? "Imagem" });
  if (kind === "video") return Object.assign(element("video"), { src: url, controls: true });
  if (kind === "audio") return Object.assign(element("audio"), { src: url, controls: true, preload: "metadata" });
  const link = element("a", "", `📄 ${media.fileName ?? "Documento"}`);
  return Object.assign(link, { href: url, target: "_blank", rel: "noopener" });
}

function makeMeta(message, mine) {
  const meta = element("div", "meta");
  if (message.author === null && mine === false && !message.viaApi) meta.append(element("span", "", "no aparelho"));
  if (message.edited) meta.append(element("span", "", "editada"));
  meta.append(
    Object.assign(element("time", "", showTime(message.at)), { dateTime: new Date(message.at).toISOString() }),
  );
  meta.append(makeTick(message.tick));
  return meta;
}

function makeTick(name) {
  const { label, path, read } = TICKS[name];
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 16 12");
  svg.setAttribute("class", read ? "tick read" : "tick");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", label);
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

export function element(name, className = "", text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}
