// Listens to the chat. Comes back by itself after any break and names the last event it got, so that nothing is missed.

const WAITS_MS = [300, 1000, 2000, 4000, 8000, 15000];
const HIDDEN_CLOSES_AFTER_MS = 20000; // browsers allow few connections; a hidden tab gives its own back

export class Stream {
  #handlers;
  #shown;
  #source = null;
  #last = "";
  #failures = 0;
  #timer = 0;
  #hiddenTimer = 0;

  /** handlers: {open, lost, sync, message, edit, delete, typing, toast}; shown(): how many messages the page shows. */
  constructor(handlers, shown) {
    this.#handlers = handlers;
    this.#shown = shown;
    addEventListener("online", () => this.connect());
    addEventListener("offline", () => this.#lose());
    addEventListener("pagehide", () => this.#close());
    addEventListener("pageshow", (event) => event.persisted && this.connect());
    document.addEventListener("visibilitychange", () => this.#visibility());
  }

  connect() {
    this.#close();
    const query = new URLSearchParams({ shown: this.#shown() });
    if (this.#last) query.set("after", this.#last);
    const source = (this.#source = new EventSource(`/chat/events?${query}`));
    source.addEventListener("open", () => {
      this.#failures = 0;
      this.#handlers.open();
    });
    source.addEventListener("error", () => this.#lose());
    for (const name of ["sync", "message", "edit", "delete", "typing", "toast"]) {
      source.addEventListener(name, (event) => {
        if (event.lastEventId) this.#last = event.lastEventId;
        this.#handlers[name](JSON.parse(event.data));
      });
    }
  }

  /** Forgets what was got and reads everything anew. */
  restart() {
    this.#last = "";
    this.connect();
  }

  #lose() {
    this.#close();
    this.#handlers.lost();
    const wait = WAITS_MS[Math.min(this.#failures++, WAITS_MS.length - 1)];
    this.#timer = setTimeout(() => this.connect(), wait * (0.7 + 0.6 * Math.random()));
  }

  #close() {
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = null;
  }

  #visibility() {
    clearTimeout(this.#hiddenTimer);
    if (document.hidden) this.#hiddenTimer = setTimeout(() => this.#close(), HIDDEN_CLOSES_AFTER_MS);
    else if (!this.#source) this.connect();
  }
}
