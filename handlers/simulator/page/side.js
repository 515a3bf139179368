// The side column: who we are and which chat is open. On a narrow window it
// slides over the page.
import { $, avatar, botAvatar, h, icon, personName } from './dom.js';
import { groupForm, personForm } from './forms.js';
import { fail } from './overlay.js';
import { store } from './store.js';
import { t } from './texts.js';

const narrow = matchMedia('(max-width: 820px)');

export class Side {
  constructor() {
    $('side-open').addEventListener('click', () => this.open());
    $('side-close').addEventListener('click', () => this.close());
    $('scrim').addEventListener('click', () => this.close());
    $('side').addEventListener('keydown', (e) => e.key === 'Escape' && this.close());
    $('add-person').addEventListener('click', () => personForm(null, (p) => this.#become(p.id)));
    $('add-group').addEventListener('click', () => this.newGroup());
    narrow.addEventListener('change', () => this.close());
    for (const type of ['people', 'person', 'chat', 'unread']) store.on(type, () => this.draw());
    this.close();
  }

  open() {
    $('side').classList.add('open');
    $('side').inert = false;
    $('main').inert = narrow.matches;
    $('scrim').hidden = false;
    $('side').querySelector('[aria-pressed=true]')?.focus();
  }

  close() {
    const had = $('side').contains(document.activeElement);
    $('side').classList.remove('open');
    $('side').inert = narrow.matches;
    $('main').inert = false;
    $('scrim').hidden = true;
    if (had && narrow.matches) $('side-open').focus();
  }

  newGroup() {
    groupForm(async (chat) => {
      await store.refresh();
      this.#open(chat.id);
    });
  }

  draw() {
    if (!store.person) return;
    const focus = document.activeElement?.dataset?.row;
    $('people').replaceChildren(...store.people.map((p) => this.#person(p)));
    $('chats').replaceChildren(...store.myChats().map((c) => this.#chat(c)));
    const unread = [...store.unread.values()].reduce((a, b) => a + b, 0);
    $('side-open').dataset.count = unread || '';
    if (focus) document.querySelector(`[data-row="${CSS.escape(focus)}"]`)?.focus();
  }

  #person(person) {
    const name = personName(person);
    const about = [t(person.language_code in { kk: 1, ru: 1, en: 1 } ? person.language_code : 'en')];
    if (person.role && person.role !== 'citizen') about.push(t(person.role));
    if (person.blocked) about.push(t('blocked'));
    const edit = h('button', { type: 'button', class: 'icon-button small row-edit', 'aria-label': t('editPerson', { name }), onclick: () => personForm(person, () => store.refresh()) }, icon('edit'));
    return this.#row(`p${person.id}`, person.id === store.person.id, avatar(name, person.id), name, about.join(' · '), () => this.#become(person.id), edit);
  }

  #chat(chat) {
    const own = chat.type === 'private';
    const face = own ? botAvatar() : avatar(chat.title ?? '', chat.id, 'group');
    const title = own ? store.bot.first_name : chat.title;
    const about = own ? `@${store.bot.username}` : t('members', { n: chat.members.length });
    const n = store.unread.get(chat.id);
    const badge = n ? h('span', { class: 'badge' }, h('span', { 'aria-hidden': 'true' }, String(n)), h('span', { class: 'sr' }, t('unreadCount', { n }))) : null;
    return this.#row(`c${chat.id}`, chat.id === store.chatId, face, title, about, () => this.#open(chat.id), badge);
  }

  #row(key, pressed, face, title, about, run, extra) {
    const button = h('button', { type: 'button', class: 'row', 'aria-pressed': String(pressed), onclick: run },
      face, h('span', { class: 'row-text' }, h('strong', {}, title), h('span', {}, about)));
    button.dataset.row = key;
    return h('li', {}, button, extra);
  }

  #become(id) {
    store.refresh().then(() => store.become(id)).then(() => this.close()).catch(fail);
  }

  #open(id) {
    store.open(id).catch(fail);
    this.close();
  }
}
