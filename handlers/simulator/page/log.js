// The list of messages: kept in order, scrolled to the end while the reader
// is there, with a day line, the typing dots and the streaming draft.
import { $, botAvatar, h } from './dom.js';
import { bubble } from './bubble.js';
import { fragment, textFragment } from './sanitise.js';
import { store } from './store.js';
import { day, t } from './texts.js';

const runSeconds = 300;
const typingMillis = 5500;
const draftMillis = 30000;
const smoothMillis = 700;

export class Log {
  #el = $('log');
  #actions;
  #pinned = true;
  #missed = 0;
  #moving = false;
  #typingTimer = 0;
  #draftTimer = 0;
  #draft = null;
  #dots = null;

  constructor(actions) {
    this.#actions = actions;
    this.#el.addEventListener('scroll', () => this.#scrolled());
    for (const own of ['wheel', 'touchmove']) this.#el.addEventListener(own, () => { this.#moving = false; }, { passive: true });
    new ResizeObserver(() => this.#pinned && this.toEnd(false)).observe(this.#el);
    $('to-end').addEventListener('click', () => this.toEnd());
    store.on('message', (msg) => this.add(msg));
    store.on('edit', (msg) => this.edit(msg));
    store.on('delete', (id) => this.remove(id));
    store.on('typing', (e) => this.typing(e));
    store.on('draft', (e) => this.draft(e));
    store.on('chat', () => this.draw());
  }

  // draw shows the open chat afresh. aria-busy keeps a screen reader from
  // reading a whole history aloud.
  draw() {
    this.#el.setAttribute('aria-busy', 'true');
    this.#stopDraft();
    this.#stopTyping();
    this.#el.replaceChildren(...[...store.messages.values()].map((m) => bubble(m, this.#actions)));
    this.#arrange();
    this.toEnd(false);
    requestAnimationFrame(() => this.#el.setAttribute('aria-busy', 'false'));
  }

  // placeholder shows content in an empty log.
  placeholder(content) {
    this.#el.replaceChildren(content);
  }

  add(msg) {
    if (msg.from?.is_bot) {
      this.#stopDraft();
      this.#stopTyping();
    }
    if (!this.#messages().length) this.#el.replaceChildren();
    const el = bubble(msg, this.#actions);
    el.classList.add('fresh');
    const next = this.#messages().find((m) => Number(m.dataset.id) > msg.message_id);
    this.#el.insertBefore(el, next ?? this.#dots ?? null);
    this.#arrange();
    if (this.#pinned || msg.from?.id === store.person.id) this.toEnd();
    else this.#missed++;
    this.#showJump();
  }

  edit(msg) {
    const old = this.#find(msg.message_id);
    if (!old) return;
    const focused = old.contains(document.activeElement) ? [...old.querySelectorAll('.key')].indexOf(document.activeElement) : -1;
    const el = bubble(msg, this.#actions);
    el.classList.add('changed');
    old.replaceWith(el);
    if (focused >= 0) (el.querySelectorAll('.key')[focused] ?? el.querySelector('.key, .more'))?.focus({ preventScroll: true });
    this.#arrange();
    if (this.#pinned) this.toEnd(false);
  }

  remove(id) {
    this.#find(id)?.remove();
    this.#arrange();
  }

  jump(id) {
    const el = this.#find(id);
    if (!el) return;
    el.scrollIntoView({ block: 'center', behavior: motion() });
    el.classList.remove('changed');
    requestAnimationFrame(() => el.classList.add('changed'));
  }

  typing({ action }) {
    this.#stopTyping();
    if (this.#draft) return;
    $('chat-status').textContent = t(typingText(action));
    this.#dots = h('div', { class: 'msg other dots', 'aria-hidden': 'true' }, botAvatar('small'), h('div', { class: 'bubble' }, h('i'), h('i'), h('i')));
    this.#el.append(this.#dots);
    this.#typingTimer = setTimeout(() => this.#stopTyping(), typingMillis);
    if (this.#pinned) this.toEnd();
  }

  // draft shows the answer while the bot is still writing it; the finished
  // message takes its place. It is hidden from screen readers, which would
  // read every piece again.
  draft({ html, text }) {
    this.#stopTyping();
    if (!html && !text) {
      this.#stopDraft();
      return;
    }
    if (!this.#draft) {
      this.#draft = h('article', { class: 'msg other draft', 'aria-hidden': 'true' }, botAvatar('small'), h('div', { class: 'stack' }, h('div', { class: 'bubble' }, h('div', { class: 'body' }))));
      this.#el.append(this.#draft);
    }
    const hooks = { onLink: this.#actions.link, onCommand: () => {}, label: t };
    this.#draft.querySelector('.body').replaceChildren(html ? fragment(html, hooks) : textFragment(text, hooks));
    this.#draft.inert = true;
    clearTimeout(this.#draftTimer);
    this.#draftTimer = setTimeout(() => this.#stopDraft(), draftMillis);
    if (this.#pinned) this.toEnd(false);
  }

  // toEnd keeps the log pinned while a smooth scroll is still on its way, so
  // that a message arriving meanwhile is followed too.
  toEnd(smooth = true) {
    const behavior = smooth ? motion() : 'instant';
    this.#moving = behavior === 'smooth';
    if (this.#moving) setTimeout(() => { this.#moving = false; }, smoothMillis);
    this.#el.scrollTo({ top: this.#el.scrollHeight, behavior });
    this.#pinned = true;
    this.#missed = 0;
    this.#showJump();
  }

  #messages() {
    return [...this.#el.querySelectorAll('.msg[data-id]')];
  }

  #find(id) {
    return this.#el.querySelector(`.msg[data-id="${Number(id)}"]`);
  }

  // arrange redraws the day lines and joins messages of one sender.
  #arrange() {
    for (const line of this.#el.querySelectorAll('.day')) line.remove();
    let before = null;
    for (const el of this.#messages()) {
      const date = Number(el.dataset.date);
      const newDay = !before || dayKey(el) !== dayKey(before);
      if (newDay) el.before(h('div', { class: 'day' }, h('span', {}, day(date))));
      el.classList.toggle('joined', !newDay && before.dataset.from === el.dataset.from && date - Number(before.dataset.date) < runSeconds);
      before = el;
    }
  }

  #stopTyping() {
    clearTimeout(this.#typingTimer);
    this.#dots?.remove();
    this.#dots = null;
    this.#actions.status();
  }

  #stopDraft() {
    clearTimeout(this.#draftTimer);
    this.#draft?.remove();
    this.#draft = null;
  }

  #scrolled() {
    if (this.#moving) return;
    const rest = this.#el.scrollHeight - this.#el.scrollTop - this.#el.clientHeight;
    this.#pinned = rest < 60;
    if (this.#pinned) this.#missed = 0;
    this.#showJump();
  }

  #showJump() {
    $('to-end').hidden = this.#pinned;
    $('to-end-count').textContent = this.#missed || '';
  }
}

const motion = () => (matchMedia('(prefers-reduced-motion: reduce)').matches ? 'instant' : 'smooth');

const dayKey = (el) => new Date(Number(el.dataset.date) * 1000).toDateString();

function typingText(action = '') {
  if (action.startsWith('upload')) return 'uploading';
  return action.startsWith('record') ? 'recording' : 'typing';
}

export const latestOwn = () => [...store.messages.values()].reverse().find((m) => m.from?.id === store.person.id && m.text);
