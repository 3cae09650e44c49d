// The field people write in: grows with its text, Enter sends, counts near the limit, keeps a draft over a reload.

import { directionOf } from "./markup.js";

const DRAFT = "rahyar.draft";
const COUNT_FROM = 0.8; // share of the limit from which the counter shows

export class Composer {
  #form = document.getElementById("composer");
  #input = document.getElementById("input");
  #send = document.getElementById("send");
  #count = document.getElementById("count");
  #attach = document.getElementById("attach");
  #file = document.getElementById("file");
  #excessNote = document.getElementById("excess");
  #limits;
  #limit;
  #digits = new Intl.NumberFormat("fa-IR", { useGrouping: false });

  /**
   * send(text) takes what was written, sendFile(file) what was chosen. `question`, `reference` and `answer` are what may be written, each {length,
   * placeholder, tooLong}: the last says why more characters are not sent.
   */
  constructor({ question, reference, answer }, send, sendFile) {
    this.#limits = { "": question, reference, words: answer, files: answer };
    this.#limit = question;
    this.#input.addEventListener("input", () => this.#changed());
    this.#input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#form.requestSubmit();
    });
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      const text = this.text;
      if (!text) return;
      if (this.#excess > 0) return this.#sayTooLong();
      this.fill("");
      send(text);
      if (matchMedia("(pointer: coarse)").matches) this.#input.blur(); // the keyboard would hide the answer
    });
    this.#attach.addEventListener("click", () => this.#file.click());
    this.#file.addEventListener("change", () => {
      const [file] = this.#file.files;
      this.#file.value = ""; // so that the same file may be chosen again
      if (file) sendFile(file);
    });
    this.fill(readDraft());
  }

  get text() {
    return this.#input.value.trim();
  }

  fill(text) {
    this.#input.value = text;
    this.#changed();
  }

  /** What the bot awaits: a question (""), the "reference" of a provision, an answer in "words", which may be longer, or one with "files", too. */
  expect(awaited) {
    this.#limit = this.#limits[awaited];
    this.#attach.hidden = awaited !== "files";
    this.#input.placeholder = this.#limit.placeholder;
    this.#changed();
  }

  focus() {
    this.#input.focus({ preventScroll: true });
    this.#input.setSelectionRange(this.#input.value.length, this.#input.value.length);
  }

  get #excess() {
    return [...this.text].length - this.#limit.length;
  }

  /** Stands until the text is short enough; written anew only when it changes, so that it is read out once. */
  #sayTooLong() {
    if (this.#excessNote.textContent !== this.#limit.tooLong) this.#excessNote.textContent = this.#limit.tooLong;
  }

  #changed() {
    const length = [...this.text].length;
    this.#send.disabled = !length;
    this.#count.hidden = length < this.#limit.length * COUNT_FROM;
    this.#count.textContent = `${this.#digits.format(length)}/${this.#digits.format(this.#limit.length)}`;
    this.#form.classList.toggle("composer--over", this.#excess > 0);
    if (this.#excess > 0) this.#sayTooLong();
    else this.#excessNote.textContent = "";
    this.#input.dir = directionOf(this.#input.value);
    this.#input.setAttribute("aria-invalid", String(this.#excess > 0));
    this.#input.style.height = "auto";
    this.#input.style.height = `${this.#input.scrollHeight}px`;
    keepDraft(this.#input.value);
  }
}

function readDraft() {
  try {
    return sessionStorage.getItem(DRAFT) ?? "";
  } catch {
    return "";
  }
}

function keepDraft(text) {
  try {
    sessionStorage.setItem(DRAFT, text);
  } catch {
    // without storage a reload loses it
  }
}
