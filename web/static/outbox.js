// What was written and not yet taken: kept in the browser until the server has it, in order, each once.
// The same nonce goes with every attempt, so that the server can tell a repeat from a second message.

const KEY = "rahyar.outbox";
const WAITS_MS = [1500, 3000, 6000, 12000, 30000];

export class Outbox {
  #post;
  #handlers;
  #items = read();
  #failures = 0;
  #timer = 0;
  #busy = false;

  /** post(path, body) -> {ok, status, data, retryAfter}; handlers: {sent(item, message), waiting(item, text), refused(item, text)}. */
  constructor(post, handlers) {
    this.#post = post;
    this.#handlers = handlers;
  }

  get items() {
    return [...this.#items];
  }

  add(text) {
    const item = { nonce: newNonce(), text };
    this.#items.push(item);
    this.#keep();
    return item;
  }

  remove(nonce) {
    this.#items = this.#items.filter((item) => item.nonce !== nonce);
    this.#keep();
  }

  /** Sends what waits, the oldest first; stops at the first that cannot be sent now and tries again later. */
  async flush() {
    if (this.#busy) return;
    this.#busy = true;
    clearTimeout(this.#timer);
    try {
      await alone(async () => {
        while (this.#items.length && (await this.#send(this.#items[0])));
      });
    } finally {
      this.#busy = false;
    }
  }

  async #send(item) {
    const answer = await this.#post("/chat/messages", item);
    if (answer.ok) {
      this.#failures = 0;
      this.remove(item.nonce);
      this.#handlers.sent(item, answer.data);
      return true;
    }
    if (answer.status >= 400 && answer.status < 500 && answer.status !== 429 && answer.status !== 401) {
      this.remove(item.nonce);
      this.#handlers.refused(item, answer.data?.message);
      return true;
    }
    this.#handlers.waiting(item, answer.data?.message);
    const wait = answer.retryAfter ?? WAITS_MS[Math.min(this.#failures++, WAITS_MS.length - 1)];
    this.#timer = setTimeout(() => this.flush(), wait);
    return false;
  }

  #keep() {
    try {
      localStorage.setItem(KEY, JSON.stringify(this.#items));
    } catch {
      // without storage it lasts as long as the page
    }
  }
}

function read() {
  try {
    const items = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(items) ? items.filter((i) => typeof i?.nonce === "string" && typeof i?.text === "string") : [];
  } catch {
    return [];
  }
}

/** One tab at a time, where the browser can tell. */
const alone = (work) => (navigator.locks ? navigator.locks.request(KEY, work) : work());

/** Says of a message that it is the same one again. */
export function newNonce() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
