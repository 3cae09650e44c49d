// Telegram's HTML as nodes of this page. Only what is listed here gets through; anything else is shown as plain text.

const INLINE = {
  B: "b", STRONG: "b", I: "i", EM: "i", U: "u", INS: "u", S: "s", STRIKE: "s", DEL: "s", CODE: "code",
};
/** A command that stands by itself; not a part of an address or of «۱/۲». */
const COMMAND = /(?<![\p{L}\p{N}\/:.])(\/[a-z]{2,32})(?![\p{L}\p{N}\/_])/u;
const LATIN = /\p{Script=Latin}/u;
const PERSIAN = /\p{Script=Arabic}/u;
const LINK = /^(https?|tg|mailto):/i;

/**
 * Blocks (paragraphs, quotes, code) of a message text. `ownLink(url)` gives the path of a link into this site, or null.
 * Words of `commands` become buttons that send them, except within quotes.
 */
export function blocksOf(html, ownLink, commands = []) {
  const source = new DOMParser().parseFromString(html, "text/html").body;
  const blocks = [];
  let paragraph = null;
  const write = (node) => {
    if (!paragraph) blocks.push((paragraph = document.createElement("p")));
    paragraph.append(node);
  };
  for (const node of source.childNodes) {
    if (isBlock(node)) {
      blocks.push(block(node, ownLink));
      paragraph = null;
    } else if (node.nodeType === Node.TEXT_NODE) {
      node.data.split(/\n{2,}/).forEach((piece, index) => {
        if (index) paragraph = null;
        if (piece) withCommands(piece, commands).forEach(write);
      });
    } else {
      for (const child of inline(node, ownLink)) write(child);
    }
  }
  blocks.forEach(trim);
  for (const one of blocks) if (directionOf(one.textContent) === "ltr") one.dir = "ltr";
  return blocks.filter((one) => one.textContent.trim());
}

/** A Persian sentence that begins with «API» is still a Persian one; only what has no Persian letter at all is read from the left. */
export const directionOf = (text) => (LATIN.test(text) && !PERSIAN.test(text) ? "ltr" : "rtl");

function withCommands(text, commands) {
  return text.split(COMMAND).filter(Boolean).map((piece) => {
    if (!commands.includes(piece)) return document.createTextNode(piece);
    const made = document.createElement("button");
    Object.assign(made, { type: "button", className: "command", textContent: piece, dir: "ltr" });
    made.dataset.send = piece;
    return made;
  });
}

const isBlock = (node) => node.nodeName === "BLOCKQUOTE" || node.nodeName === "PRE";

function block(node, ownLink) {
  const made = document.createElement(node.nodeName.toLowerCase());
  if (node.hasAttribute("expandable")) made.dataset.expandable = "";
  made.append(...children(node, ownLink));
  return made;
}

const children = (node, ownLink) => [...node.childNodes].flatMap((child) => inline(child, ownLink));

function inline(node, ownLink) {
  if (node.nodeType === Node.TEXT_NODE) return [document.createTextNode(node.data)];
  if (node.nodeType !== Node.ELEMENT_NODE) return [];
  if (node.nodeName === "A") return [link(node, ownLink)];
  if (INLINE[node.nodeName]) {
    const made = document.createElement(INLINE[node.nodeName]);
    made.append(...children(node, ownLink));
    return [made];
  }
  return children(node, ownLink);
}

function link(node, ownLink) {
  const url = node.getAttribute("href") ?? "";
  const made = document.createElement(LINK.test(url) ? "a" : "span");
  if (made.nodeName === "A") pointTo(made, url, ownLink);
  made.append(...children(node, ownLink));
  return made;
}

/** Links of this site stay in this tab, all others open a new one that learns nothing of us. */
export function pointTo(anchor, url, ownLink) {
  anchor.href = ownLink(url) ?? url;
  if (ownLink(url) === null) {
    anchor.target = "_blank";
    anchor.rel = "noopener noreferrer";
  }
}

function trim(block) {
  const first = block.firstChild;
  const last = block.lastChild;
  if (first?.nodeType === Node.TEXT_NODE) first.data = first.data.replace(/^\n+/, "");
  if (last?.nodeType === Node.TEXT_NODE) last.data = last.data.replace(/\n+$/, "");
}
