// What the page knows: the bot, the people, the chats, who we are and which
// chat is open. It owns the event stream and tells the rest of the page
// through DOM events: people, person, chat, message, edit, delete, typing,
// draft, reaction, callback, inline, commands, connection, unread.
import * as api from './api.js';

class Store extends EventTarget {
  bot = { id: 0, first_name: 'refbot', username: 'refbot' };
  people = [];
  chats = [];
  person = null;
  chatId = 0;
  messages = new Map();
  unread = new Map();
  limits = false;
  #title = '';
  #source = null;
  #opened = false;
  #loading = 0;

  tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  on(type, fn) {
    this.addEventListener(type, (e) => fn(e.detail));
  }

  get chat() {
    return this.chats.find((c) => c.id === this.chatId) ?? { id: this.chatId, type: 'private' };
  }

  get isPrivate() {
    return this.chat.type === 'private';
  }

  // myChats lists the bot's private chat first, then the person's groups.
  myChats() {
    const groups = this.chats.filter((c) => c.type !== 'private' && c.members?.includes(this.person.id));
    return [{ id: this.person.id, type: 'private' }, ...groups];
  }

  async refresh() {
    const s = await api.state();
    Object.assign(this, { bot: s.bot ?? this.bot, people: s.people ?? [], chats: s.chats ?? [] });
    if (s.limits) this.limits = Boolean(s.limits.enabled);
    if (this.person) this.person = this.people.find((p) => p.id === this.person.id) ?? null;
    this.tell('people');
    await this.#follow();
  }

  // follow goes on to the supergroup that took a group's place, or back to the
  // private chat when the open chat is gone.
  async #follow() {
    const mine = this.person ? this.myChats() : [];
    if (!this.chatId || !mine.length || mine.some((c) => c.id === this.chatId)) return;
    const next = mine.find((c) => c.type === 'supergroup' && c.title === this.#title) ?? mine[0];
    await this.open(next.id);
  }

  async become(id) {
    const person = this.people.find((p) => p.id === id) ?? this.people[0];
    this.person = person;
    localStorage.setItem('refbot.person', person.id);
    this.unread.clear();
    this.tell('person');
    this.#listen();
    await this.open(person.id);
  }

  async open(chatId) {
    this.chatId = chatId;
    this.#title = this.chat.title ?? '';
    this.messages = new Map();
    this.unread.delete(chatId);
    this.tell('chat', { loaded: false });
    await this.reload();
  }

  // reload fetches the open chat again and keeps what the stream brought
  // meanwhile, because an event may overtake the reply.
  async reload() {
    const turn = ++this.#loading;
    const chatId = this.chatId;
    const list = await api.messages(chatId, this.person.id);
    if (turn !== this.#loading || chatId !== this.chatId) return;
    const merged = new Map(list.map((m) => [m.message_id, m]));
    const newest = list.at(-1)?.message_id ?? 0;
    for (const [id, m] of this.messages) {
      const stale = id <= newest && !merged.has(id);
      if (!stale && (m.edit_date ?? 0) >= (merged.get(id)?.edit_date ?? 0)) merged.set(id, m);
    }
    this.messages = new Map([...merged].sort(([a], [b]) => a - b));
    this.tell('chat', { loaded: true });
  }

  // sent takes the reply to an own message or edit, unless the stream brought
  // the same or something newer before.
  sent(chatId, msg) {
    const known = this.messages.get(msg?.message_id);
    const newer = !known || (msg.edit_date ?? 0) > (known.edit_date ?? 0);
    if (msg?.message_id && chatId === this.chatId && newer) this.receive({ ...msg, chat_id: chatId });
  }

  receive(msg) {
    const chatId = msg.chat_id ?? msg.chat;
    if (chatId !== this.chatId) {
      if (msg.from?.id === this.person.id) return;
      this.unread.set(chatId, (this.unread.get(chatId) ?? 0) + 1);
      this.tell('unread');
      return;
    }
    const known = this.messages.has(msg.message_id);
    this.messages.set(msg.message_id, msg);
    this.tell(known ? 'edit' : 'message', msg);
  }

  #listen() {
    this.#source?.close();
    this.#opened = false;
    const mine = api.listen(
      this.person.id,
      (kind, data) => mine === this.#source && this.#hear(kind, data),
      (open, closed) => mine === this.#source && this.#connection(open, closed),
    );
    this.#source = mine;
  }

  #connection(open, closed) {
    this.tell('connection', open);
    if (open && this.#opened) this.refresh().then(() => this.person && this.reload()).catch(() => {});
    if (open) this.#opened = true;
    if (closed) setTimeout(() => this.#revive(this.#source), 2000);
  }

  // revive opens the stream anew after the server refused it, which happens
  // when the simulator was started afresh and has other people.
  async #revive(source) {
    if (source !== this.#source) return;
    try {
      await this.refresh();
      await (this.person ? this.#listen() : this.become(0));
    } catch {
      setTimeout(() => this.#revive(source), 2000);
    }
  }

  #hear(kind, data) {
    const here = (data.chat ?? data.chat_id) === this.chatId;
    switch (kind) {
      case 'message': this.receive(data); break;
      case 'edit':
        if (here && this.messages.has(data.message_id)) this.receive(data);
        break;
      case 'delete':
        if (here) for (const id of data.message_ids ?? [data.message_id]) this.#forget(id);
        break;
      case 'typing': case 'draft':
        if (here) this.tell(kind, data);
        break;
      case 'reaction': if (here) this.#react(data); break;
      case 'people': this.refresh().catch(() => {}); break;
      default: this.tell(kind, data);
    }
  }

  #forget(id) {
    if (this.messages.delete(id)) this.tell('delete', id);
  }

  #react({ message_id: id, reaction }) {
    const msg = this.messages.get(id);
    if (!msg) return;
    msg.reaction = reaction;
    this.tell('edit', msg);
  }
}

export const store = new Store();
