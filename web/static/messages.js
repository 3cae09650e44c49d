// The log on the page: one element a message, in the order of their ids, what is still unsent at the end.
import { blocksOf, pointTo } from "./markup.js";

const FOLD_ABOVE_PX = 320;

export class Messages {
  #root;
  #page;
  #actions;
  #shown = new Map(); // id -> element
  #unsent = new Map(); // nonce -> element
  #words = new WeakMap(); // element -> what it says
  #day;
  #time;

  /** actions: {press(message, button, element), share(link, title), retry(), discard(nonce)}. */
  constructor(root, page, actions) {
    this.#root = root;
    this.#page = page;
    this.#actions = actions;
    const zone = { timeZone: page.timezone };
    this.#day = new Intl.DateTimeFormat("fa-IR", { ...zone, day: "numeric", month: "long", year: "numeric" });
    this.#time = new Intl.DateTimeFormat("fa-IR", { ...zone, hour: "2-digit", minute: "2-digit" });
  }

  get count() {
    return this.#shown.size;
  }
  get empty() {
    return !this.#shown.size && !this.#unsent.size;
  }
  get oldest() {
    return Math.min(...this.#shown.keys());
  }
  get newest() {
    return this.#shown.size ? Math.max(...this.#shown.keys()) : 0;
  }
  get endsWithMine() {
    return this.#unsent.size > 0 || Boolean(this.#shown.get(this.newest)?.classList.contains("message--mine"));
  }
  has(id) {
    return this.#shown.has(id);
  }

  sentAt(id) {
    return this.#shown.get(id)?.querySelector("time")?.dateTime;
  }

  /** Additions during `work` are not read out (history, not news). */
  quietly(work) {
    this.#root.setAttribute("aria-live", "off");
    work();
    requestAnimationFrame(() => this.#root.setAttribute("aria-live", "polite"));
  }

  /** Shows the message, in place of what was shown of it before. Returns its element: the same one if only its buttons changed. */
  put(message) {
    const before = this.#shown.get(message.id) ?? this.#unsent.get(message.body.nonce);
    const element = this.#element(message);
    const focused = before?.contains(document.activeElement) ? focusPath(before) : null;
    if (before && before === this.#shown.get(message.id) && this.#words.get(before) === this.#words.get(element)) {
      takeButtons(before, element);
      if (focused) restoreFocus(before, focused);
      return before;
    }
    this.#unsent.delete(message.body.nonce);
    this.#shown.set(message.id, element);
    if (before) {
      element.classList.add("message--old");
      before.remove();
    }
    this.#place(element, message.id);
    this.#fold(element);
    this.#separate();
    if (focused) restoreFocus(element, focused);
    return element;
  }

  remove(id) {
    this.#shown.get(id)?.remove();
    this.#shown.delete(id);
    this.#separate();
  }

  /** Keeps just these of the messages from the first of them on; with no ids at all nothing is left. */
  keep(ids) {
    const known = new Set(ids);
    const gap = this.#shown.size > 0 && ids.length > 0 && this.newest < ids[0] - 1;
    for (const id of [...this.#shown.keys()]) {
      if (gap || !ids.length || (id >= ids[0] && !known.has(id))) this.remove(id);
    }
  }

  putUnsent(item) {
    const message = { id: 0, mine: true, at: null, body: { text: escape(item.text), keyboard: [], nonce: item.nonce } };
    const element = this.#element(message);
    this.#unsent.get(item.nonce)?.remove();
    this.#unsent.set(item.nonce, element);
    this.#root.append(element);
    this.mark(item.nonce, this.#page.texts.sending, false);
    return element;
  }

  /** Says how it stands with an unsent message; `waits`: the person may send it again or drop it. */
  mark(nonce, text, waits) {
    const element = this.#unsent.get(nonce);
    if (!element) return;
    element.classList.toggle("message--waiting", waits);
    const foot = element.querySelector(".message-foot");
    foot.replaceChildren(span(text));
    if (waits) {
      foot.append(
        button(this.#page.texts.retry, () => this.#actions.retry()),
        button(this.#page.texts.discard, () => this.#actions.discard(nonce)),
      );
    }
  }

  dropUnsent(nonce) {
    this.#unsent.get(nonce)?.remove();
    this.#unsent.delete(nonce);
  }

  /** Buttons that were pressed are free again. */
  release() {
    for (const pressed of this.#root.querySelectorAll("[aria-busy]")) pressed.removeAttribute("aria-busy");
  }

  // -- making elements ----------------------------------------------------------------------------------------------

  #element(message) {
    const element = document.createElement("article");
    element.className = `message message--${message.mine ? "mine" : "bot"}`;
    element.dataset.id = message.id;
    if (message.at) element.dataset.day = this.#day.format(new Date(message.at));
    const name = span(message.mine ? this.#page.texts.mine : this.#page.texts.bot);
    name.className = "visually-hidden";
    const body = document.createElement("div");
    body.className = "message-body";
    const commands = message.mine ? [] : Object.keys(this.#page.commands);
    body.append(...this.#file(message.body), ...blocksOf(this.#named(message), (url) => this.#own(url), commands));
    const foot = document.createElement("footer");
    foot.className = "message-foot";
    if (message.at) foot.append(this.#clock(message.at));
    element.append(name, body, ...this.#keyboard(message), foot);
    this.#words.set(element, wordsOf(message.body));
    this.#offerPage(element, message);
    return element;
  }

  /** A command in words: «راهنما» instead of /help, «ارزیابی یک خدمت: شناسنامه» instead of /rate شناسنامه. */
  #named(message) {
    const text = message.body.text ?? "";
    const [command, ...rest] = text.trim().split(/\s+/);
    const name = message.mine ? this.#page.commands[command] : undefined;
    if (name === undefined) return text;
    return rest.length && command !== "/start" ? `${name}: ${rest.join(" ")}` : name; // what a link carries says nothing
  }

  #clock(at) {
    const time = document.createElement("time");
    time.dateTime = at;
    time.textContent = this.#time.format(new Date(at));
    return time;
  }

  #file(body) {
    const file = body.file;
    if (!file) return [];
    const url = file.url ?? (file.key ? `/chat/files/${file.key}` : `data:${file.mime};base64,${file.base64}`);
    const anchor = document.createElement("a");
    anchor.href = url;
    if (body.kind !== "photo") {
      Object.assign(anchor, { download: file.name ?? "", className: "message-file" });
      anchor.append(icon("file"), span(file.name ?? url));
      return [anchor];
    }
    const picture = document.createElement("img");
    Object.assign(picture, { src: url, alt: this.#pictureName(body), className: "message-photo" });
    if (!file.key) return [picture];
    Object.assign(anchor, { target: "_blank", rel: "noopener", title: this.#page.texts.newTab });
    anchor.append(picture); // a chart has small print, which a phone shows only when the picture is by itself
    return [anchor];
  }

  /** What a screen reader says of a picture: what its caption says. */
  #pictureName(body) {
    const words = new DOMParser().parseFromString(body.text ?? "", "text/html").body.textContent;
    return `${this.#page.texts.picture} ${words || (body.file.name ?? "")}`.trim();
  }

  #keyboard(message) {
    const rows = (message.body.keyboard ?? [])
      .map((row) => row.map((one) => this.#button(message, one)).filter(Boolean))
      .filter((row) => row.length);
    if (!rows.length) return [];
    const group = document.createElement("div");
    group.className = "keyboard";
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", this.#page.texts.buttons);
    for (const row of rows) {
      const line = document.createElement("div");
      line.className = "keyboard-row";
      line.append(...row.reverse()); // rows come as Telegram lays them out, from the left; they are read from the right
      group.append(line);
    }
    return [group];
  }

  #button(message, one) {
    if (one.url) {
      const anchor = document.createElement("a");
      anchor.className = "key";
      anchor.append(span(one.text));
      pointTo(anchor, one.url, (url) => this.#own(url));
      if (anchor.target) {
        const hint = span(` (${this.#page.texts.newTab})`);
        hint.className = "visually-hidden";
        anchor.append(hint, icon("out"));
      }
      return anchor;
    }
    if (one.copy) return key(one.text, () => this.#actions.share(this.#here(one.copy), this.#title(message)));
    if (!one.data) return null; // sharing into other chats exists on Telegram only
    return key(one.text, (element) => this.#actions.press(message, one, element));
  }

  /** A provision that can be shared has a readable page, to print and to read on; the chat stays open. */
  #offerPage(element, message) {
    const shared = (message.body.keyboard ?? []).flat().find((one) => one.copy && this.#own(one.copy) !== null);
    if (message.mine || !shared) return;
    const offer = document.createElement("a");
    Object.assign(offer, { href: this.#own(shared.copy), target: "_blank", rel: "noopener", className: "icon-button page-link" });
    offer.title = this.#page.texts.openPage;
    offer.setAttribute("aria-label", this.#page.texts.openPage);
    offer.append(icon("out"));
    element.querySelector(".message-foot").append(offer);
  }

  /** A link into this site by the name under which it is open, which works for whoever reads along. */
  #here(url) {
    const path = this.#own(url);
    return path === null ? url : location.origin + path;
  }

  /** What is shared, by its first words: the name of the provision. */
  #title(message) {
    const words = new DOMParser().parseFromString(message.body.text ?? "", "text/html").body;
    return words.querySelector("b")?.textContent ?? "";
  }

  /** The path of a link into this site, null for any other. */
  #own(url) {
    for (const origin of [this.#page.linkBase, location.origin]) {
      if (origin && url.startsWith(`${origin}/`)) return url.slice(origin.length);
    }
    return null;
  }

  // -- placing them -------------------------------------------------------------------------------------------------

  #place(element, id) {
    const later = [...this.#shown.keys()].filter((other) => other > id).sort((a, b) => a - b)[0];
    const next = later === undefined ? [...this.#unsent.values()][0] : this.#shown.get(later);
    if (next) next.before(element);
    else this.#root.append(element);
  }

  /** Long quotes that the sender marked as expandable show their beginning, with a button for the rest. */
  #fold(element) {
    for (const quote of element.querySelectorAll("blockquote[data-expandable]")) {
      if (quote.scrollHeight < FOLD_ABOVE_PX) continue;
      const { expand, collapse } = this.#page.texts;
      const toggle = button(expand, () => {
        const folded = quote.classList.toggle("folded");
        toggle.textContent = folded ? expand : collapse;
        toggle.setAttribute("aria-expanded", String(!folded));
        if (folded) element.scrollIntoView({ block: "nearest" });
      });
      toggle.className = "quiet fold-toggle";
      toggle.setAttribute("aria-expanded", "false");
      quote.classList.add("folded");
      quote.after(toggle);
    }
  }

  #separate() {
    for (const line of this.#root.querySelectorAll(".day")) line.remove();
    const today = this.#day.format(new Date());
    let day = null;
    for (const element of [...this.#root.children]) {
      if (element.dataset.day && element.dataset.day !== day) {
        const first = day === null;
        day = element.dataset.day;
        if (first && day === today) continue; // a chat that began today needs no line
        const line = document.createElement("p");
        line.className = "day";
        line.textContent = day === today ? this.#page.texts.today : day;
        element.before(line);
      }
    }
  }
}

function span(text) {
  const made = document.createElement("span");
  made.textContent = text;
  return made;
}

function button(text, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.addEventListener("click", () => act(made));
  return made;
}

function key(text, act) {
  const made = button("", act);
  made.className = "key";
  made.append(span(text));
  return made;
}

const icon = (name) => document.getElementById("icons").content.querySelector(`[data-icon="${name}"]`).cloneNode(true);

const escape = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

const wordsOf = (body) => JSON.stringify([body.text, body.file?.key ?? body.file?.url]);

/** The words stay as they are: unfolded, selected, not read out once more. */
function takeButtons(shown, made) {
  shown.querySelector(".keyboard")?.remove();
  const keyboard = made.querySelector(".keyboard");
  const foot = made.querySelector(".message-foot");
  shown.querySelector(".message-foot").replaceWith(...(keyboard ? [keyboard, foot] : [foot]));
}

const focusables = (element) => [...element.querySelectorAll("a[href], button")];

const focusPath = (element) => focusables(element).indexOf(document.activeElement);

/** An edit replaces the buttons: who pressed with the keyboard goes on where they were. */
function restoreFocus(element, index) {
  const all = focusables(element);
  all[Math.min(index, all.length - 1)]?.focus({ preventScroll: true });
}
