// The list above the composer: the bot's commands after "/", result cards
// after "@bot", the bot's name after "@" in a group. Focus stays in the text
// field; arrow keys move a marker that the field names to screen readers.
import * as api from './api.js';
import { $, h } from './dom.js';
import { store } from './store.js';
import { t } from './texts.js';

const inlinePause = 250;

export class Suggest {
  #box = $('suggest');
  #text = $('text');
  #options = [];
  #active = -1;
  #commands = null;
  #commandsFor = '';
  #inlineId = '';
  #inlineNext = null;
  #inlineTimer = 0;
  #early = new Map();
  #pick;
  #closed = '';
  #before = [];

  // pick(kind, value, complete) uses an option; complete asks only to fill the field.
  constructor(pick) {
    this.#pick = pick;
    store.on('commands', () => { this.#commandsFor = ''; });
    store.on('inline', (answer) => this.#answered(answer));
    this.#box.addEventListener('scroll', () => this.#more());
  }

  get isOpen() {
    return !this.#box.hidden;
  }

  // update looks at the text and shows what fits it.
  async update(value) {
    clearTimeout(this.#inlineTimer);
    if (value !== this.#closed) this.#closed = '';
    const inline = this.#inlineQuery(value);
    if (this.#closed) this.close();
    else if (inline !== null) this.#ask(inline);
    else if (/^\/\w*$/.test(value)) await this.#showCommands(value);
    else if (!store.isPrivate && /(^|\s)@\w*$/.test(value)) this.#showMention(value);
    else this.close();
  }

  // key handles a key while the list is open and says whether it did.
  key(e) {
    if (!this.isOpen) return false;
    if (e.key === 'Escape') {
      this.#closed = this.#text.value;
      this.close();
    } else if (!this.#options.length) return false;
    else if (e.key === 'ArrowDown') this.#step(1);
    else if (e.key === 'ArrowUp') this.#step(-1);
    else if (e.key === 'Tab' && !e.shiftKey) this.#use(Math.max(0, this.#active), true);
    else if (e.key === 'Enter' && !e.shiftKey && this.#active >= 0) this.#use(this.#active, false);
    else return false;
    e.preventDefault();
    return true;
  }

  close() {
    this.#inlineId = '';
    this.#box.hidden = true;
    this.#box.replaceChildren();
    this.#options = [];
    this.#active = -1;
    this.#text.removeAttribute('aria-activedescendant');
  }

  // toggleCommands is the "/" button beside the field.
  async toggleCommands() {
    if (this.isOpen) this.close();
    else await this.#showCommands('/');
  }

  #inlineQuery(value) {
    const name = `@${store.bot.username} `.toLowerCase();
    return value.toLowerCase().startsWith(name) ? value.slice(name.length).trim() : null;
  }

  async #showCommands(value) {
    const scope = `${store.person.id} ${store.person.language_code} ${store.chatId}`;
    if (this.#commandsFor !== scope) {
      this.#commands = await api.commands(store.person.id, store.chatId).catch(() => []);
      this.#commandsFor = scope;
    }
    const typed = value.slice(1).toLowerCase();
    const found = this.#commands.filter((c) => c.command.startsWith(typed));
    if (!found.length && typed) {
      this.close();
      return;
    }
    const options = found.map((c) => ({ kind: 'command', value: c.command, nodes: [h('strong', {}, `/${c.command}`), h('span', {}, c.description)] }));
    this.#show(options, t('commands'), options.length ? '' : t('noCommands'), typed ? 0 : -1);
  }

  #showMention(value) {
    const typed = value.match(/@(\w*)$/)[1].toLowerCase();
    const name = store.bot.username;
    if (!name.toLowerCase().startsWith(typed) || name.toLowerCase() === typed) {
      this.close();
      return;
    }
    const option = { kind: 'mention', value: value.replace(/@\w*$/, `@${name} `), nodes: [h('strong', {}, `@${name}`), h('span', {}, store.bot.first_name)] };
    this.#show([option], t('bot'), '', 0);
  }

  #ask(query) {
    if (!query) {
      this.#inlineId = '';
      this.#show([], t('bot'), t('inlineHint', { bot: store.bot.username }), -1);
      return;
    }
    if (!this.isOpen) this.#show([], t('bot'), t('inlineWait'), -1);
    this.#inlineTimer = setTimeout(() => this.#query(query, ''), inlinePause);
  }

  // more asks for the next page of results when the list is read to its end.
  #more() {
    const { scrollTop, clientHeight, scrollHeight } = this.#box;
    const query = this.#inlineQuery(this.#text.value);
    if (!this.#inlineNext || !query || scrollTop + clientHeight < scrollHeight - 40) return;
    const offset = this.#inlineNext;
    this.#inlineNext = null;
    this.#query(query, offset);
  }

  async #query(query, offset) {
    try {
      const { id } = await api.inline({ from: store.person.id, chat: store.chatId, query, offset });
      this.#before = offset ? this.#options : [];
      if (this.#inlineQuery(this.#text.value) !== query) return;
      this.#inlineId = String(id);
      if (this.#early.has(this.#inlineId)) this.#answered(this.#early.get(this.#inlineId));
    } catch (error) {
      this.#show([], t('bot'), t('failed', { why: error.message }), -1);
    }
  }

  // answered shows an answer to the newest query. The answer may come before
  // the reply that tells its id, so it is kept for a moment.
  #answered(answer) {
    const id = String(answer.id);
    if (id !== this.#inlineId) {
      this.#early.set(id, answer);
      if (this.#early.size > 20) this.#early.delete(this.#early.keys().next().value);
      return;
    }
    const options = (answer.results ?? []).map((r) => ({
      kind: 'inline', value: { query: id, result: r.id },
      nodes: [h('strong', {}, r.title ?? ''), h('span', {}, r.description ?? '')],
    }));
    const all = [...this.#before, ...options];
    const { scrollTop } = this.#box;
    this.#show(all, t('bot'), all.length ? '' : t('inlineNone'), -1);
    if (this.#before.length) this.#box.scrollTop = scrollTop;
    this.#inlineNext = options.length ? answer.next_offset : null;
  }

  #show(options, label, note, active) {
    this.#options = options;
    this.#box.hidden = false;
    this.#box.setAttribute('role', options.length ? 'listbox' : 'note');
    this.#box.setAttribute('aria-label', label);
    this.#box.replaceChildren(...options.map((o, i) => this.#option(o, i)));
    if (note) this.#box.append(h('div', { class: 'suggest-note' }, note));
    this.#box.scrollTop = 0;
    this.#mark(active);
    this.#announce(options, note);
  }

  #option(option, i) {
    const el = h('div', { role: 'option', id: `option-${i}`, class: `option ${option.kind}` }, option.nodes);
    el.addEventListener('pointerdown', (e) => e.preventDefault());
    el.addEventListener('click', () => this.#use(i, false));
    return el;
  }

  #announce(options, note) {
    const key = options[0]?.kind === 'command' ? 'commandCount' : 'resultCount';
    this.#text.setAttribute('aria-description', note || t(key, { n: options.length }));
  }

  // step moves the marker by one, round the ends; with no marker yet, up
  // starts at the last option and down at the first.
  #step(by) {
    const n = this.#options.length;
    const from = this.#active < 0 && by < 0 ? 0 : this.#active;
    this.#mark((from + by + n) % n);
  }

  #mark(i) {
    this.#active = i;
    [...this.#box.querySelectorAll('[role=option]')].forEach((el, at) => {
      el.setAttribute('aria-selected', String(at === this.#active));
      if (at === this.#active) el.scrollIntoView({ block: 'nearest' });
    });
    if (this.#active >= 0) this.#text.setAttribute('aria-activedescendant', `option-${this.#active}`);
    else this.#text.removeAttribute('aria-activedescendant');
  }

  #use(i, complete) {
    const { kind, value } = this.#options[i];
    this.close();
    this.#pick(kind, value, complete);
  }
}
