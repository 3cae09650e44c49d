// The chat page: puts the log, the field, the stream and the outbox together.
import { Composer } from "./composer.js";
import { copyText } from "./copying.js";
import { Messages } from "./messages.js";
import { Outbox, newNonce } from "./outbox.js";
import { Stream } from "./stream.js";

const page = JSON.parse(document.getElementById("page-data").textContent);
const texts = page.texts;
const $ = (id) => document.getElementById(id);
const scroll = $("scroll");

const TYPING_LASTS_MS = 8000;
const PRESS_LASTS_MS = 6000;
const LOST_SHOWS_AFTER_MS = 1500;
const NEAR_END_PX = 120;
const ABOVE_PX = 10; // left free above what is scrolled to
const SLACK_PX = 14; // what may hide above it: the space between two messages

// -- calls ------------------------------------------------------------------------------------------------------------

const post = (path, body, again = true) => call(path, JSON.stringify(body), "application/json", again);

async function call(path, body, type, again = true) {
  try {
    const response = await fetch(path, { method: "POST", headers: { "Content-Type": type, "X-Rahyar": "1" }, body });
    if (response.status === 401 && again && (await post("/chat/session", {}, false)).ok) return call(path, body, type, false);
    const data = await response.json().catch(() => null);
    const seconds = Number(response.headers.get("Retry-After"));
    return { ok: response.ok, status: response.status, data, retryAfter: seconds ? seconds * 1000 : null };
  } catch {
    return { ok: false, status: 0, data: null, retryAfter: null }; // no connection
  }
}

// -- the log ----------------------------------------------------------------------------------------------------------

const messages = new Messages($("log"), page, {
  press: pressed,
  share,
  retry: () => outbox.flush(),
  discard: (nonce) => {
    outbox.remove(nonce);
    messages.dropUnsent(nonce);
    showWelcome();
  },
});

const outbox = new Outbox(post, {
  sent: (item, message) => {
    messages.put(message);
    showTyping();
  },
  waiting: (item, text) => {
    messages.mark(item.nonce, texts.queued, true);
    if (awaited) toEnd();
    if (text) toast(text);
  },
  refused: (item, text) => {
    messages.dropUnsent(item.nonce);
    if (!composer.text) composer.fill(item.text);
    toast(text ?? texts.failed);
    showWelcome();
  },
});

const composer = new Composer(
  {
    question: { length: page.questionLengthMax, placeholder: texts.askHere, tooLong: texts.tooLong },
    reference: { length: page.questionLengthMax, placeholder: texts.referenceHere, tooLong: texts.tooLong },
    answer: { length: page.textMax, placeholder: texts.answerHere, tooLong: texts.answerTooLong },
  },
  send,
  sendFile,
);

function send(text) {
  const item = outbox.add(text);
  messages.putUnsent(item);
  awaited = true;
  showWelcome();
  toEnd();
  outbox.flush();
}

/** A file is sent at once or not at all: it is too large to wait in the browser. */
async function sendFile(file) {
  if (file.size > page.fileMax) return toast(texts.fileTooLarge, true);
  if (!file.size) return toast(texts.fileEmpty);
  const item = { nonce: newNonce(), text: file.name };
  messages.putUnsent(item);
  messages.mark(item.nonce, texts.sendingFile, false);
  awaited = true;
  toEnd();
  const query = new URLSearchParams({ name: file.name.slice(-300), nonce: item.nonce });
  const answer = await call(`/chat/files?${query}`, file, "application/octet-stream");
  if (answer.ok) {
    messages.put(answer.data);
    return showTyping();
  }
  messages.dropUnsent(item.nonce);
  toast(answer.data?.message ?? texts.failed, true);
}

async function pressed(message, button, element) {
  awaited = true;
  element.setAttribute("aria-busy", "true");
  setTimeout(() => element.removeAttribute("aria-busy"), PRESS_LASTS_MS);
  const answer = await post("/chat/presses", { message_id: message.id, data: button.data });
  if (answer.ok) return;
  element.removeAttribute("aria-busy");
  toast(answer.data?.message ?? texts.failed);
}

// -- what comes in ----------------------------------------------------------------------------------------------------

/** By the device's own dialogue where it has one; else the link is copied. */
async function share(url, title) {
  try {
    if (navigator.share) return await navigator.share({ title, url });
  } catch (refused) {
    if (refused.name === "AbortError") return; // they closed the dialogue
  }
  toast((await copyText(url)) ? texts.copied : texts.copyFailed);
}

let synced = false;
let awaited = false; // the person asked and has not looked elsewhere since: the answer is what they want to see
for (const kind of ["wheel", "touchmove"]) scroll.addEventListener(kind, () => (awaited = false), { passive: true });

const stream = new Stream({ open, lost, sync, message, edit, delete: deleted, typing: showTyping, toast: toasted }, () => messages.count);

function sync(state) {
  const first = !synced;
  const pinned = first || nearEnd();
  messages.quietly(() => {
    messages.keep(state.ids);
    for (const one of state.messages) take(one);
  });
  synced = true;
  composer.expect(state.awaits);
  if (state.ids.some((id) => !messages.has(id))) return stream.restart();
  $("older").hidden = !state.ids.length || messages.oldest <= 1;
  showWelcome();
  if (first) for (const item of outbox.items) messages.putUnsent(item);
  if (pinned && !messages.empty) toEnd(first); // what welcomes is read from its beginning
  if (state.version !== page.version) banner(texts.update, true);
  outbox.flush();
}

function take(one) {
  if (one.mine && one.body.nonce) outbox.remove(one.body.nonce);
  return messages.put(one);
}

function message(one) {
  // Numbers begin anew when a chat was forgotten: then everything shown is out of date.
  const forgotten = messages.has(one.id) ? messages.sentAt(one.id) !== one.at : one.id < messages.newest - 5;
  if (forgotten) return stream.restart();
  const pinned = nearEnd();
  if (!one.mine) hideTyping();
  messages.release();
  const element = take(one);
  showWelcome();
  if (!one.mine) composer.expect(one.awaits);
  if (one.mine ? pinned : pinned || awaited) show(element);
  else if (!one.mine) $("jump").hidden = false;
  if (!one.mine) awaited = false;
}

function edit(one) {
  if (!messages.has(one.id)) return;
  hideTyping();
  messages.release();
  const pinned = nearEnd();
  const before = document.querySelector(`[data-id="${one.id}"]`);
  const top = before.getBoundingClientRect().top;
  const element = take(one);
  if (!one.mine) composer.expect(one.awaits);
  if (element === before) return pinned ? toEnd() : undefined; // other buttons only: they stay under the finger
  if (top < scroll.getBoundingClientRect().top) scroll.scrollTo({ top: element.offsetTop - ABOVE_PX });
  else if (pinned) reveal(element);
}

function deleted({ id }) {
  messages.release();
  messages.remove(id);
  showWelcome();
}

function toasted({ text, alert }) {
  messages.release();
  if (text) toast(text, alert);
}

// -- the line ---------------------------------------------------------------------------------------------------------

let lostTimer = 0;

function open() {
  clearTimeout(lostTimer);
  lostTimer = 0;
  if ($("banner").hidden || $("banner").dataset.kind !== "lost") return;
  $("banner").hidden = true;
  toast(texts.online);
}

function lost() {
  lostTimer ||= setTimeout(() => banner(navigator.onLine ? texts.reconnecting : texts.offline, false), LOST_SHOWS_AFTER_MS);
}

function banner(text, reload) {
  const shown = $("banner");
  shown.dataset.kind = reload ? "update" : "lost";
  shown.querySelector("span").textContent = text;
  $("reload").hidden = !reload;
  shown.hidden = false;
}

// -- small things -----------------------------------------------------------------------------------------------------

let typingTimer = 0;

/** The sign may come later than what it announces: it shows only while the person has the last word. */
function showTyping() {
  if (!messages.endsWithMine) return;
  const pinned = nearEnd();
  clearTimeout(typingTimer);
  $("typing").hidden = false;
  typingTimer = setTimeout(hideTyping, TYPING_LASTS_MS);
  if (pinned) toEnd();
}

function hideTyping() {
  clearTimeout(typingTimer);
  $("typing").hidden = true;
}

function toast(text, stays = false) {
  const shown = document.createElement("p");
  shown.className = "toast";
  shown.textContent = text;
  $("toasts").replaceChildren(shown);
  setTimeout(() => shown.remove(), stays ? 8000 : 4000);
}

const showWelcome = () => ($("welcome").hidden = !synced || !messages.empty);
const nearEnd = () => scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < NEAR_END_PX;

function toEnd(instantly = false) {
  scroll.scrollTo({ top: scroll.scrollHeight, behavior: instantly || calm() ? "instant" : "smooth" });
  $("jump").hidden = true;
}

/** Reveals it; a picture has no height before it is there. */
function show(element) {
  reveal(element);
  const picture = element.querySelector("img");
  if (picture && !picture.complete) picture.addEventListener("load", () => reveal(element), { once: true });
}

/** To the end of the log, but never past the beginning of what just came; with its question where both fit. */
function reveal(element) {
  const tops = [element.previousElementSibling, element].filter((one) => one?.matches(".message"));
  const first = tops.find((one) => scroll.scrollHeight - one.offsetTop <= scroll.clientHeight + SLACK_PX) ?? element;
  const top = first.offsetTop - ABOVE_PX;
  if (top + scroll.clientHeight >= scroll.scrollHeight) return toEnd();
  scroll.scrollTo({ top, behavior: calm() ? "instant" : "smooth" });
}

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

$("jump").addEventListener("click", () => toEnd());
$("reload").addEventListener("click", () => location.reload());
scroll.addEventListener("scroll", () => nearEnd() && ($("jump").hidden = true), { passive: true });

$("older").addEventListener("click", async () => {
  const older = await fetch(`/chat/messages?before=${messages.oldest}`).then((r) => (r.ok ? r.json() : null), () => null);
  if (!older) return toast(texts.failed);
  const fromEnd = scroll.scrollHeight - scroll.scrollTop;
  messages.quietly(() => older.messages.forEach(take));
  scroll.scrollTop = scroll.scrollHeight - fromEnd;
  $("older").hidden = !older.more;
});

// -- menu and suggestions ---------------------------------------------------------------------------------------------

const menuButton = $("menu-button");
const menu = $("menu");

function openMenu(opens) {
  menu.hidden = !opens;
  menuButton.setAttribute("aria-expanded", String(opens));
  if (opens) menu.querySelector("a, button").focus();
}

menuButton.addEventListener("click", () => openMenu(menu.hidden));
addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || menu.hidden) return;
  openMenu(false);
  menuButton.focus();
});
addEventListener("click", (event) => !menu.hidden && !event.target.closest(".menu") && openMenu(false));
addEventListener("click", (event) => {
  const offered = event.target.closest("[data-send]");
  if (!offered) return;
  openMenu(false);
  send(offered.dataset.send);
});

// -- beginning --------------------------------------------------------------------------------------------------------

const query = new URLSearchParams(location.search);
if (query.has("q")) composer.fill(query.get("q"));
if (location.search) history.replaceState(null, "", "/");
stream.connect();
if (query.has("start")) send(`/start ${query.get("start")}`.trim());
if (!matchMedia("(pointer: coarse)").matches || query.has("q")) composer.focus();
