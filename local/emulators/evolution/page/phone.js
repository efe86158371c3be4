// The page is a view of `state`: every change on the server makes it ask again.
import { on, openActions, post, prepareDialogs, renderPairing } from "./dialogs.js";
import { element, renderThread, showTime } from "./messages.js";
import { readFile, sampleAudio, sampleDocument, sampleImage } from "./samples.js";

const byId = (id) => document.getElementById(id);
const LINE_STATES = { open: "Conectada", connecting: "Esperando o QR code", close: "Desconectada" };

let view = { instances: [], chats: [], messages: [], typing: [], instance: null };
const chosen = { instance: new URLSearchParams(location.search).get("instance"), chat: null, quoted: null };

async function refresh() {
  const query = new URLSearchParams();
  if (chosen.instance) query.set("instance", chosen.instance);
  if (chosen.chat) query.set("chat", chosen.chat);
  view = await (await fetch(`state?${query}`)).json();
  chosen.instance = view.instance;
  render();
  readWhatIsSeen();
}

function render() {
  renderLine();
  renderChats();
  renderChat();
  if (byId("pairing").open) renderPairing(view);
}

function renderLine() {
  const line = view.instances.find(({ name }) => name === view.instance);
  const state = byId("line-state");
  state.dataset.state = line?.state ?? "none";
  state.textContent = line
    ? [LINE_STATES[line.state], line.shownOwner].filter(Boolean).join(" · ")
    : "Nenhuma instância ainda";
  const select = byId("instance");
  select.replaceChildren(...view.instances.map(lineOption));
  select.disabled = view.instances.length === 0;
}

function lineOption({ name, profileName }) {
  const text = profileName === null ? name : [profileName, name].join(" · ");
  return new Option(text, name, false, name === view.instance);
}

function renderChats() {
  byId("chats").replaceChildren(...view.chats.map(chatLine));
}

function chatLine({ chat, title, subtitle, preview, lastAt, unread, isGroup }) {
  const button = Object.assign(element("button"), { type: "button" });
  button.dataset.chat = chat;
  button.setAttribute("aria-current", String(chat === chosen.chat));
  button.append(paint(element("span", "avatar"), title, isGroup));
  button.append(element("span", "title", title), element("span", "time", lastAt ? showTime(lastAt) : ""));
  button.append(element("span", "preview", preview || subtitle));
  if (unread > 0) button.append(element("span", "badge", String(unread)));
  const item = element("li");
  item.append(button);
  return item;
}

function paint(avatar, title, isGroup) {
  const words = title.split(/\s+/).filter((word) => /\p{L}/u.test(word));
  const initials = words.slice(0, 2).map((word) => [...word][0].toUpperCase());
  avatar.textContent = initials.join("") || "☎";
  avatar.classList.toggle("group", isGroup);
  avatar.style.setProperty(
    "--hue",
    String([...title].reduce((sum, letter) => sum + letter.codePointAt(0) * 7, 0) % 360),
  );
  return avatar;
}

function renderChat() {
  const chat = view.chats.find((entry) => entry.chat === chosen.chat);
  byId("shell").dataset.view = chat ? "chat" : "list";
  byId("chat").hidden = chat === undefined;
  byId("blank").hidden = chat !== undefined;
  if (chat === undefined) return;
  const typing = view.typing.find((entry) => entry.chat === chat.chat && entry.by === "company");
  paint(byId("chat-avatar"), chat.title, chat.isGroup);
  byId("chat-title").textContent = chat.title;
  const subtitle = byId("chat-subtitle");
  subtitle.dataset.typing = String(typing !== undefined);
  const words = typing?.presence === "recording" ? "a empresa está gravando áudio…" : "a empresa está digitando…";
  subtitle.textContent = typing ? words : chat.subtitle;
  renderMembers(chat);
  const mediaUrl = (id) => `media/${encodeURIComponent(view.instance)}/${id}`;
  renderThread(byId("log"), {
    messages: view.messages,
    typing,
    mine: (message) => message.author !== null,
    mediaUrl,
    isGroup: chat.isGroup,
  });
}

function renderMembers({ isGroup, members = [] }) {
  const select = byId("member");
  select.hidden = !isGroup || side() === "company";
  if (select.dataset.chat === chosen.chat) return;
  select.dataset.chat = chosen.chat;
  select.replaceChildren(...members.map(({ phone, name }) => new Option(name, phone)));
}

function side() {
  return byId("composer").elements.side.value;
}

function author() {
  return chosen.chat.endsWith("@g.us") ? byId("member").value : chosen.chat;
}

/** What is on screen is read: by the lead, whose phone this is. */
function readWhatIsSeen() {
  if (!chosen.chat || document.hidden) return;
  const arrived = view.messages.some(({ author: writer, tick }) => writer === null && tick === "DELIVERY_ACK");
  if (arrived) void post("read", { instance: view.instance, chat: chosen.chat, reader: "person" });
}

async function sendContent(content) {
  const from = side() === "company" ? { fromCompany: true } : { author: author() };
  const quotedId = chosen.quoted;
  quote(null);
  await post("messages", { instance: view.instance, chat: chosen.chat, quotedId, ...from, ...content });
}

function quote(message) {
  chosen.quoted = message?.id ?? null;
  byId("quote-bar").hidden = message === null;
  byId("quote-text").textContent = message ? (message.text ?? "Mídia") : "";
  if (message) byId("text").focus();
}

function openChat(chat) {
  Object.assign(chosen, { chat });
  quote(null);
  byId("log").replaceChildren();
  void refresh();
}

const SAMPLES = {
  image: () => ({ kind: "image", media: sampleImage(), text: "olha como ficou" }),
  audio: () => ({ kind: "audio", media: sampleAudio() }),
  document: () => ({ kind: "document", media: sampleDocument() }),
  location: () => ({
    kind: "location",
    location: { latitude: -22.9068, longitude: -43.1729, name: "Centro, Rio de Janeiro" },
  }),
  contact: () => ({ kind: "contact", contact: { name: "Tio Beto", phone: "5524999887766" } }),
};

function listen() {
  byId("chats").addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) openChat(button.dataset.chat);
  });
  byId("instance").addEventListener("change", (event) => {
    chosen.instance = event.target.value;
    void refresh();
  });
  byId("back").addEventListener("click", () => openChat(null));
  byId("quote-clear").addEventListener("click", () => quote(null));
  byId("log").addEventListener("click", (event) => {
    if (!event.target.closest(".more")) return;
    const { id } = event.target.closest(".bubble").dataset;
    const message = view.messages.find((candidate) => candidate.id === id);
    openActions(message, { instance: view.instance, side: side(), author: author(), quote });
  });
  listenToComposer();
  listenToAttachments();
}

function listenToComposer() {
  const text = byId("text");
  byId("composer").addEventListener("submit", (event) => {
    event.preventDefault();
    const words = text.value.trim();
    text.value = "";
    if (words) void sendContent({ kind: "text", text: words });
  });
  byId("composer").addEventListener("change", render);
  text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    byId("composer").requestSubmit();
  });
  let saidTypingAt = 0;
  text.addEventListener("input", () => {
    if (side() === "company" || chosen.chat.endsWith("@g.us") || Date.now() - saidTypingAt < 4_000) return;
    saidTypingAt = Date.now();
    void post("presence", { instance: view.instance, chat: chosen.chat, presence: "composing" });
  });
}

function listenToAttachments() {
  const dialog = byId("attach");
  byId("open-attach").addEventListener("click", () => dialog.showModal());
  dialog.addEventListener("click", (event) => {
    const name = event.target.dataset?.attach;
    if (!name) return;
    dialog.close();
    void sendContent(SAMPLES[name]());
  });
  on(byId("file"), "change", async (event) => {
    const [file] = event.target.files;
    event.target.value = "";
    dialog.close();
    if (file) await sendContent(await readFile(file));
  });
}

/** Changes come in bursts: one look per frame is enough. */
function watch() {
  let waiting = false;
  const look = () => {
    if (waiting) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      void refresh();
    }, 30);
  };
  const source = new EventSource("changes");
  source.addEventListener("message", look);
  source.addEventListener("open", look);
  document.addEventListener("visibilitychange", look);
  setInterval(() => {
    if (byId("pairing").open) look();
  }, 1_000);
}

prepareDialogs({ view: () => view, open: openChat });
listen();
watch();
void refresh();
