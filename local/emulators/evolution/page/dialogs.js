// Dialogs that make people and groups, pair numbers and act on a message.
import { element } from "./messages.js";

const byId = (id) => document.getElementById(id);

/** Sends to the emulator; rejects with its words. */
export async function post(path, body) {
  const response = await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error([answer.response?.message].flat(3).join(" "));
  return answer;
}

/** Listens with a function that may take its time. */
export function on(target, name, run) {
  target.addEventListener(name, (event) => void run(event));
}

/** A form in a dialog: `run` gets its fields; what it throws is shown, else the dialog closes. */
function formDialog(name, run) {
  const form = byId(`${name}-form`);
  const dialog = byId(name);
  form.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  on(form, "submit", async (event) => {
    event.preventDefault();
    const error = form.querySelector(".error");
    try {
      await run(form.elements);
      form.reset();
      dialog.close();
    } catch (failure) {
      if (error) error.textContent = failure.message;
    }
  });
  dialog.addEventListener("close", () => {
    const error = form.querySelector(".error");
    if (error) error.textContent = "";
  });
}

export function prepareDialogs({ view, open }) {
  byId("open-person").addEventListener("click", () => byId("person").showModal());
  formDialog("person", async (fields) => {
    const phone = fields.phone.value.replace(/\D/g, "");
    const person = await post("people", {
      name: fields.name.value,
      addressing: fields.addressing.value,
      ...(phone ? { phone } : {}),
    });
    open(person.phone);
  });
  byId("open-group").addEventListener("click", () => {
    byId("group-members").replaceChildren(
      ...view()
        .chats.filter((chat) => !chat.isGroup)
        .map(memberBox),
    );
    byId("group").showModal();
  });
  formDialog("group", async (fields) => {
    const group = await post("groups", { subject: fields.subject.value, members: checkedMembers() });
    open(group.jid);
  });
  byId("open-pairing").addEventListener("click", () => {
    renderPairing(view());
    byId("pairing").showModal();
  });
}

/** The menu of one message; `quote` is called for an answer. */
export function openActions(message, { instance, side, author, quote }) {
  const dialog = byId("actions");
  const own = side === "company" ? message.author === null : message.author === author;
  for (const button of dialog.querySelectorAll("[data-action]")) {
    const { action } = button.dataset;
    button.hidden = (action === "edit" && !(own && message.text)) || (action === "delete" && !own);
    button.hidden ||= action === "play" && !(message.kind === "audio" && message.author === null);
    button.onclick = () => {
      dialog.close();
      if (action === "quote") quote(message);
      if (action === "edit") openEdit(message, instance);
      if (action === "delete") void post("deletions", { instance, id: message.id });
      if (action === "play") void post("ticks", { instance, id: message.id, tick: "PLAYED" });
    };
  }
  for (const button of dialog.querySelectorAll("[data-emoji]")) {
    button.onclick = () => {
      dialog.close();
      const by = side === "company" ? { fromCompany: true } : { author };
      void post("reactions", { instance, id: message.id, emoji: button.dataset.emoji, ...by });
    };
  }
  dialog.showModal();
}

function openEdit(message, instance) {
  const form = byId("edit-form");
  form.elements.text.value = message.text;
  form.onsubmit = (event) => {
    event.preventDefault();
    byId("edit").close();
    void post("edits", { instance, id: message.id, text: form.elements.text.value });
  };
  form.querySelector("[data-close]").onclick = () => byId("edit").close();
  byId("edit").showModal();
}

function checkedMembers() {
  return [...byId("group-members").querySelectorAll("input:checked")].map((box) => box.value);
}

function memberBox({ chat, title }) {
  const label = element("label");
  const box = Object.assign(element("input"), { type: "checkbox", name: "member", value: chat });
  label.append(box, title);
  return label;
}

/** Every instance with its code, its number, or why it has none. Forms keep what was typed: a new code only changes the picture. */
export function renderPairing({ instances, now }) {
  const list = byId("pairing-list");
  if (instances.length === 0) return list.replaceChildren(element("p", "hint", "O servidor ainda não tem instâncias."));
  const old = new Map([...list.children].map((card) => [card.dataset.key, card]));
  list.replaceChildren(...instances.map((instance) => pairingCard(instance, now, old)));
}

function pairingCard(instance, now, old) {
  const key = `${instance.name} ${instance.state} ${instance.pairing ? "code" : ""}`;
  const card = old.get(key) ?? makeCard(instance, key);
  const { pairing } = instance;
  if (pairing) {
    card.querySelector("img").src = pairing.base64;
    card.querySelector("[data-left]").textContent =
      `Código ${pairing.count} · ${Math.max(0, Math.round((pairing.expiresAt - now) / 1000))} s`;
    card.dataset.code = pairing.code;
  }
  return card;
}

function makeCard(instance, key) {
  const card = element("section", "code");
  card.dataset.key = key;
  card.append(element("h2", "", instance.name));
  if (instance.pairing) card.append(...scanParts(card));
  else if (instance.state === "open") card.append(...pairedParts(instance));
  else card.append(element("p", "hint", "Sem código agora: peça um na página de conexões."));
  return card;
}

function scanParts(card) {
  const picture = Object.assign(element("img"), { alt: "Código QR da instância" });
  const form = element("form");
  form.innerHTML = `<label>Número da empresa<input name="phone" inputmode="tel" value="552130001234" required></label>
    <label>Nome do perfil<input name="profileName" value="Minha empresa" required></label>
    <p class="error" role="alert"></p>
    <div class="row"><span class="hint" data-left></span><button class="primary">Escanear</button></div>`;
  on(form, "submit", async (event) => {
    event.preventDefault();
    const fields = form.elements;
    const phone = fields.phone.value.replace(/\D/g, "");
    try {
      await post("scan", { code: card.dataset.code, phone, profileName: fields.profileName.value });
    } catch (failure) {
      form.querySelector(".error").textContent = failure.message;
    }
  });
  return [picture, form];
}

function pairedParts({ name, shownOwner, profileName }) {
  const row = element("div", "row");
  const unpair = Object.assign(element("button", "quiet", "Desconectar"), { type: "button" });
  unpair.addEventListener("click", () => void post("unpair", { instance: name }));
  row.append(element("span", "hint", `${profileName} · ${shownOwner}`), unpair);
  return [row];
}
