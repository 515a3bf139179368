// The page's own allow-list for message HTML. The server sanitises too; this
// second pass rebuilds every node, so nothing that is not named here can reach
// the document.

const plain = {
  B: 'b', STRONG: 'b', I: 'i', EM: 'i', U: 'u', INS: 'u', S: 's', STRIKE: 's', DEL: 's',
  CODE: 'code', PRE: 'pre', BLOCKQUOTE: 'blockquote', BR: 'br',
};
const dropped = new Set(['SCRIPT', 'STYLE', 'TEMPLATE', 'IFRAME', 'OBJECT', 'NOSCRIPT', 'TITLE', 'TEXTAREA']);
const schemes = new Set(['http:', 'https:', 'mailto:', 'tel:', 'tg:']);
const words = /(^|[\s(])(\/[a-z0-9_]{1,32}(?:@\w+)?)(?![\w/])|(https?:\/\/[^\s<>"«»]+[^\s<>"«».,;:!?)\]])/gi;

// fragment turns message HTML into nodes. hooks: onLink(href) returns a
// function when the page opens that link itself, onCommand(text) runs a tapped
// command, label(key) gives a word.
export function fragment(html, hooks) {
  const parsed = new DOMParser().parseFromString(html, 'text/html');
  const out = document.createDocumentFragment();
  copy(parsed.body, out, hooks, false);
  for (const block of out.querySelectorAll('blockquote, pre')) trimAround(block);
  return out;
}

// trimAround drops the one line break on each side of a block, which already
// stands on lines of its own.
function trimAround(block) {
  const { previousSibling: before, nextSibling: after } = block;
  if (before?.nodeType === Node.TEXT_NODE) before.data = before.data.replace(/\n$/, '');
  if (after?.nodeType === Node.TEXT_NODE) after.data = after.data.replace(/^\n/, '');
}

// textFragment shows plain text, with its commands and addresses live.
export function textFragment(text, hooks) {
  const out = document.createDocumentFragment();
  liven(text, out, hooks);
  return out;
}

function copy(from, to, hooks, literal) {
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) {
      if (literal) to.append(node.data);
      else liven(node.data, to, hooks);
    } else if (node.nodeType === Node.ELEMENT_NODE && !dropped.has(node.tagName)) {
      copyElement(node, to, hooks, literal);
    }
  }
}

function copyElement(node, to, hooks, literal) {
  const el = make(node, hooks);
  if (!el) {
    copy(node, to, hooks, literal);
    return;
  }
  const hidden = el.className === 'spoiler' ? el.firstChild : null;
  copy(node, hidden ?? el, hooks, literal || ['A', 'CODE', 'PRE'].includes(el.tagName));
  to.append(el);
}

function make(node, hooks) {
  if (node.tagName === 'A') return link(node.getAttribute('href') ?? '', hooks);
  if (node.tagName === 'TG-SPOILER' || node.classList.contains('tg-spoiler')) return spoiler(hooks);
  const name = plain[node.tagName];
  if (!name) return null;
  const el = document.createElement(name);
  if (name === 'blockquote' && node.hasAttribute('expandable')) el.className = 'expandable';
  if (name === 'pre') el.tabIndex = 0;
  return el;
}

function link(href, hooks) {
  let url;
  try {
    url = new URL(href);
  } catch {
    return null;
  }
  if (!schemes.has(url.protocol)) return null;
  const a = document.createElement('a');
  a.href = url.href;
  a.target = '_blank';
  a.rel = 'noopener noreferrer';
  const open = hooks.onLink(url);
  if (open) {
    a.addEventListener('click', (e) => {
      e.preventDefault();
      open();
    });
  }
  return a;
}

// spoiler hides its text from eyes and screen readers until it is pressed.
function spoiler(hooks) {
  const inner = document.createElement('span');
  inner.setAttribute('aria-hidden', 'true');
  const el = document.createElement('span');
  el.className = 'spoiler';
  el.append(inner);
  el.tabIndex = 0;
  el.setAttribute('role', 'button');
  el.setAttribute('aria-label', hooks.label('spoiler'));
  const reveal = (e) => {
    if (e.type === 'keydown' && e.key !== 'Enter' && e.key !== ' ') return;
    if (el.classList.contains('shown')) return;
    e.preventDefault();
    el.classList.add('shown');
    inner.removeAttribute('aria-hidden');
    for (const name of ['role', 'aria-label', 'tabindex']) el.removeAttribute(name);
  };
  el.addEventListener('click', reveal);
  el.addEventListener('keydown', reveal);
  return el;
}

function liven(text, to, hooks) {
  let last = 0;
  for (const m of text.matchAll(words)) {
    const start = m.index + (m[1]?.length ?? 0);
    if (start > last) to.append(text.slice(last, start));
    const word = m[2] ?? m[3];
    to.append(m[2] ? command(word, hooks) : address(word, hooks));
    last = start + word.length;
  }
  if (last < text.length) to.append(text.slice(last));
}

function address(word, hooks) {
  const a = link(word, hooks);
  if (!a) return word;
  a.textContent = word;
  return a;
}

function command(word, hooks) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'command';
  button.textContent = word;
  button.addEventListener('click', () => hooks.onCommand(word));
  return button;
}
