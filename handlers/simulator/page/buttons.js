// What happens when an inline button is pressed: the press goes to the bot,
// and its answer comes back as a toast, an alert or nothing.
import * as api from './api.js';
import { fail, notice, toast } from './overlay.js';
import { store } from './store.js';
import { t } from './texts.js';

// A bot that does not answer leaves the button waiting no longer than this.
const patience = 15000;

export class Buttons {
  #waiting = new Map();
  #early = new Map();
  #fill;
  #deepLink;

  constructor(fill, deepLink) {
    this.#fill = fill;
    this.#deepLink = deepLink;
    store.on('callback', (answer) => this.#answered(answer));
  }

  press(msg, button, el) {
    const query = button.switch_inline_query_current_chat ?? button.switch_inline_query;
    if (button.callback_data) this.#callback(msg, button, el);
    else if (query !== undefined && query !== null) this.#fill(`@${store.bot.username} ${query}`);
    else if (button.copy_text?.text) navigator.clipboard.writeText(button.copy_text.text).then(() => toast(t('copied')), fail);
  }

  async #callback(msg, button, el) {
    if (el.getAttribute('aria-busy') === 'true') return;
    el.setAttribute('aria-busy', 'true');
    try {
      const { id } = await api.press({ from: store.person.id, chat: store.chatId, message_id: msg.message_id, data: button.callback_data });
      this.#waiting.set(String(id), el);
      setTimeout(() => this.#release(String(id)), patience);
      const early = this.#early.get(String(id));
      if (early) this.#answered(early);
    } catch (error) {
      el.removeAttribute('aria-busy');
      fail(error);
    }
  }

  // answered may run before the reply that tells the id, so an unknown answer
  // is kept for a moment.
  #answered(answer) {
    const id = String(answer.id);
    if (!this.#waiting.has(id)) {
      this.#early.set(id, answer);
      if (this.#early.size > 20) this.#early.delete(this.#early.keys().next().value);
      return;
    }
    this.#early.delete(id);
    this.#release(id);
    if (answer.url) this.#open(answer.url);
    if (!answer.text) return;
    if (answer.show_alert) notice(answer.text);
    else toast(answer.text);
  }

  #release(id) {
    this.#waiting.get(id)?.removeAttribute('aria-busy');
    this.#waiting.delete(id);
  }

  #open(address) {
    const url = new URL(address);
    const here = this.#deepLink(url);
    if (here) here();
    else if (['http:', 'https:'].includes(url.protocol)) window.open(url.href, '_blank', 'noopener');
  }
}
