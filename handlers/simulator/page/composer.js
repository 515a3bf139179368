// Writing: the text field, replying, editing, sending in order.
import * as api from './api.js';
import { attachMenu, pasted } from './attach.js';
import { plainText, senderName, summary } from './bubble.js';
import { $, setIcon } from './dom.js';
import { latestOwn } from './log.js';
import { fail } from './overlay.js';
import { store } from './store.js';
import { Suggest } from './suggest.js';
import { t } from './texts.js';

export class Composer {
  #text = $('text');
  #context = null;
  #queue = Promise.resolve();
  #suggest = new Suggest((kind, value, complete) => this.#picked(kind, value, complete));

  constructor() {
    const attach = (file) => this.#attach(file);
    $('composer').addEventListener('submit', (e) => { e.preventDefault(); this.#submit(); });
    this.#text.addEventListener('input', () => this.#changed());
    this.#text.addEventListener('keydown', (e) => this.#key(e));
    this.#text.addEventListener('paste', (e) => pasted(e, attach));
    this.#text.addEventListener('blur', () => setTimeout(() => document.activeElement !== this.#text && this.#suggest.close(), 150));
    $('context-cancel').addEventListener('click', () => this.#drop());
    $('attach').addEventListener('click', () => attachMenu($('attach'), attach));
    $('commands').addEventListener('click', () => { this.#text.focus(); this.#suggest.toggleCommands(); });
    store.on('chat', (e) => e.loaded || this.#reset());
    store.on('delete', (id) => this.#context?.msg.message_id === id && this.#drop());
  }

  focus() {
    this.#text.focus();
  }

  fill(text) {
    this.#text.value = text;
    this.focus();
    this.#changed();
  }

  reply(msg) {
    this.#setContext('reply', msg, t('replyingTo', { name: senderName(msg.from) }), summary(msg));
  }

  edit(msg) {
    this.#setContext('edit', msg, t('editing'), plainText(msg));
    this.fill(plainText(msg));
    this.#suggest.close();
  }

  // say sends a text at once, whatever stands in the field.
  say(text) {
    return this.#send({ from: store.person.id, text });
  }

  #submit() {
    const text = this.#text.value.trim();
    if (!text) return;
    const context = this.#context;
    this.#reset();
    if (context?.kind === 'edit') this.#edit(context.msg, text);
    else this.#send({ from: store.person.id, text, reply_to: context?.msg.message_id });
    this.focus();
  }

  #send(message, attachment) {
    const chat = store.chatId;
    return this.#line(async () => {
      const msg = await api.send(chat, message, attachment);
      store.sent(chat, msg);
    }, chat, attachment ? '' : message.text);
  }

  #edit(msg, text) {
    const chat = store.chatId;
    if (text === plainText(msg)) return;
    this.#line(async () => {
      const edited = await api.editMessage(chat, msg.message_id, { from: store.person.id, text });
      store.sent(chat, edited);
    }, chat, text);
  }

  // line runs sends one after another, so that they arrive as written. A text
  // that could not be sent comes back to the field.
  #line(job, chat, text) {
    this.#queue = this.#queue.then(job).catch((error) => {
      fail(error);
      if (text && chat === store.chatId && !this.#text.value) this.fill(text);
    });
    return this.#queue;
  }

  #attach(file) {
    const text = this.#context?.kind === 'edit' ? '' : this.#text.value.trim();
    const captioned = file.kind === 'photo' || file.kind === 'document';
    const reply = this.#context?.kind === 'reply' ? this.#context.msg.message_id : undefined;
    if (captioned) this.#reset();
    else this.#drop();
    this.#send({ from: store.person.id, text: captioned ? text : '', reply_to: reply }, file);
  }

  #picked(kind, value, complete) {
    if (kind === 'mention') this.fill(value);
    else if (kind === 'inline') this.#choose(value);
    else {
      const command = store.isPrivate ? `/${value}` : `/${value}@${store.bot.username}`;
      if (complete) {
        this.fill(`${command} `);
        return;
      }
      this.#reset();
      this.say(command);
      this.focus();
    }
  }

  #choose({ query, result }) {
    const chat = store.chatId;
    this.#reset();
    this.focus();
    this.#line(async () => {
      const msg = await api.choose(query, { from: store.person.id, chat, result_id: result });
      store.sent(chat, msg);
    }, chat, '');
  }

  #key(e) {
    if (e.isComposing || this.#suggest.key(e)) return;
    if (e.key === 'Enter' && !e.shiftKey) {
      e.preventDefault();
      this.#submit();
    } else if (e.key === 'Escape' && this.#context) {
      e.preventDefault();
      this.#drop();
    } else if (e.key === 'ArrowUp' && !this.#text.value && latestOwn()) {
      e.preventDefault();
      this.edit(latestOwn());
    }
  }

  #changed() {
    this.#text.style.height = 'auto';
    this.#text.style.height = `${Math.min(this.#text.scrollHeight, innerHeight * 0.35)}px`;
    $('send').classList.toggle('ready', this.#text.value.trim() !== '');
    this.#suggest.update(this.#text.value);
  }

  #setContext(kind, msg, title, body) {
    if (this.#context?.kind === 'edit' && kind !== 'edit') this.#text.value = '';
    this.#context = { kind, msg };
    setIcon($('context-icon'), kind);
    $('context-title').textContent = title;
    $('context-body').textContent = body;
    $('context').hidden = false;
    setIcon($('send'), kind === 'edit' ? 'check' : 'send');
    $('send').setAttribute('aria-label', t(kind === 'edit' ? 'save' : 'send'));
    this.focus();
  }

  #drop() {
    if (this.#context?.kind === 'edit') this.#text.value = '';
    this.#context = null;
    $('context').hidden = true;
    setIcon($('send'), 'send');
    $('send').setAttribute('aria-label', t('send'));
    this.#changed();
  }

  #reset() {
    this.#text.value = '';
    this.#drop();
    this.#suggest.close();
  }
}
