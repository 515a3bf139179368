// What lies over the page for a moment: menus, dialogs, toasts.
import { $, h, icon } from './dom.js';
import { t } from './texts.js';

let openMenuClose = null;

// menu opens a list of actions beside its button. items: {icon, text, run}.
// Arrow keys move, Enter runs, Esc and a click outside close it.
export function menu(anchor, items) {
  openMenuClose?.();
  const list = h('div', { class: 'menu', role: 'menu', 'aria-label': anchor.getAttribute('aria-label') ?? '' });
  const close = (refocus) => {
    openMenuClose = null;
    list.remove();
    document.removeEventListener('pointerdown', outside, true);
    anchor.setAttribute('aria-expanded', 'false');
    if (refocus) anchor.focus();
  };
  const outside = (e) => list.contains(e.target) || close(false);
  for (const item of items) list.append(menuItem(item, close));
  list.addEventListener('keydown', (e) => menuKey(e, list, close));
  (anchor.closest('main') ?? document.body).append(list);
  place(list, anchor);
  anchor.setAttribute('aria-expanded', 'true');
  document.addEventListener('pointerdown', outside, true);
  openMenuClose = () => close(false);
  list.firstElementChild?.focus();
}

function menuItem(item, close) {
  const run = () => {
    close(true);
    item.run();
  };
  const face = item.icon ? icon(item.icon) : h('span', { class: 'glyph', 'aria-hidden': 'true' }, item.glyph ?? '');
  return h('button', { type: 'button', role: 'menuitem', tabIndex: -1, onclick: run }, face, h('span', {}, item.text));
}

function menuKey(e, list, close) {
  const items = [...list.children];
  const at = items.indexOf(document.activeElement);
  const go = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[e.key];
  if (go !== undefined) {
    e.preventDefault();
    items[(go + items.length) % items.length].focus();
  } else if (e.key === 'Escape' || e.key === 'Tab') {
    e.preventDefault();
    e.stopPropagation();
    close(true);
  }
}

// place puts a floating box beside its anchor and inside the window.
function place(box, anchor) {
  const a = anchor.getBoundingClientRect();
  const gap = 6;
  const left = Math.min(a.left, innerWidth - box.offsetWidth - 8);
  const above = a.top - box.offsetHeight - gap;
  const below = a.bottom + gap;
  const top = below + box.offsetHeight < innerHeight ? below : Math.max(8, above);
  box.style.left = `${Math.max(8, left)}px`;
  box.style.top = `${top}px`;
}

export function toast(text, tone = '') {
  const el = h('div', { class: `toast ${tone}` }, text);
  $('toasts').append(el);
  setTimeout(() => el.remove(), Math.max(3500, text.length * 70));
}

export function fail(error) {
  toast(t('failed', { why: error.message }), 'bad');
}

// dialog shows a modal box and gives focus back when it closes.
export function dialog(title, content, extra = '') {
  const id = `dialog-${crypto.randomUUID()}`;
  const close = h('button', { type: 'button', class: 'icon-button small', 'aria-label': t('close'), onclick: () => box.close() }, icon('close'));
  const box = h('dialog', { class: `dialog ${extra}`, 'aria-labelledby': id },
    h('div', { class: 'dialog-head' }, h('h2', { id }, title), close), content);
  box.addEventListener('close', () => box.remove());
  box.addEventListener('pointerdown', (e) => e.target === box && box.close());
  document.body.append(box);
  box.showModal();
  return box;
}

// notice is the alert a bot may answer a button with.
export function notice(text) {
  const ok = h('button', { type: 'button', class: 'primary', onclick: () => box.close() }, t('ok'));
  const box = dialog(t('notice'), h('div', { class: 'dialog-body' }, h('p', { class: 'notice' }, text), h('div', { class: 'actions' }, ok)), 'narrow');
  ok.focus();
}
