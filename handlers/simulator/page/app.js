// The start of the page: it joins the parts and keeps the frame around the
// messages (header, theme, example questions, empty chats).
import * as api from './api.js';
import { plainText } from './bubble.js';
import { Buttons } from './buttons.js';
import { Composer } from './composer.js';
import { $, avatar, botAvatar, h, hydrateIcons, setIcon } from './dom.js';
import { Log } from './log.js';
import { fail, menu, toast } from './overlay.js';
import { Side } from './side.js';
import { store } from './store.js';
import { language, setLanguage, t, translate } from './texts.js';
import './tools.js';

// The people of a fresh simulator, one for each language of the bot.
const firstPeople = [
  { first_name: 'Айгерім', last_name: 'Серікқызы', username: 'aigerim_s', language_code: 'kk', role: 'citizen' },
  { first_name: 'Мария', last_name: 'Ковалёва', username: 'maria_kovaleva', language_code: 'ru', role: 'citizen' },
  { first_name: 'Daniel', last_name: 'Weber', username: 'daniel_weber', language_code: 'en', role: 'citizen' },
];

const composer = new Composer();
const side = new Side();
const buttons = new Buttons((text) => composer.fill(text), deepLink);
const log = new Log({
  link: deepLink,
  command: (text) => composer.say(text),
  press: (msg, button, el) => buttons.press(msg, button, el),
  jump: (id) => log.jump(id),
  menu: messageMenu,
  status,
});

function messageMenu(msg, anchor) {
  const items = [{ icon: 'reply', text: t('reply'), run: () => composer.reply(msg) }];
  if (msg.from?.id === store.person.id && msg.text) items.push({ icon: 'edit', text: t('edit'), run: () => composer.edit(msg) });
  if (plainText(msg)) items.push({ icon: 'copy', text: t('copy'), run: () => copy(plainText(msg)) });
  menu(anchor, items);
}

function copy(text) {
  navigator.clipboard.writeText(text).then(() => toast(t('copied')), fail);
}

// deepLink returns what to do for a link to this very bot, and nothing for
// any other address.
function deepLink(url) {
  const start = startOf(url);
  if (start === null) return null;
  return async () => {
    if (store.chatId !== store.person.id) await store.open(store.person.id);
    await composer.say(start ? `/start ${start}` : '/start');
    composer.focus();
  };
}

function startOf(url) {
  const web = ['t.me', 'telegram.me'].includes(url.hostname) && ['http:', 'https:'].includes(url.protocol);
  const name = web ? url.pathname.slice(1) : url.protocol === 'tg:' ? url.searchParams.get('domain') : null;
  if (name?.toLowerCase() !== store.bot.username?.toLowerCase()) return null;
  return url.searchParams.get('start') ?? '';
}

function status() {
  if (!store.person) return;
  const { chat } = store;
  $('chat-status').textContent = store.isPrivate ? t('online') : t('members', { n: chat.members?.length ?? 0 });
}

function head() {
  const { chat, person } = store;
  $('chat-avatar').replaceChildren(store.isPrivate ? botAvatar() : avatar(chat.title ?? '', chat.id, 'group'));
  $('chat-name').textContent = store.isPrivate ? store.bot.first_name : chat.title;
  const blocked = store.isPrivate && Boolean(person.blocked);
  $('composer').hidden = blocked;
  $('unblock').hidden = !blocked;
  $('text').placeholder = t(store.isPrivate ? 'write' : 'writeGroup', { bot: store.bot.username });
  status();
}

$('chat-menu').addEventListener('click', () => {
  const items = [
    { icon: 'send', text: t('restart'), run: () => composer.say('/start') },
    { icon: 'people', text: t('addMembers'), run: () => side.newGroup() },
  ];
  if (store.isPrivate) items.push({ icon: 'lock', text: t(store.person.blocked ? 'unblockBot' : 'blockBot'), run: () => block(!store.person.blocked) });
  menu($('chat-menu'), items);
});
$('unblock').addEventListener('click', () => block(false));

async function block(blocked) {
  try {
    await api.patchPerson(store.person.id, { blocked });
    await store.refresh();
    (blocked ? $('unblock') : $('text')).focus();
  } catch (error) {
    fail(error);
  }
}

// Example questions stay until the person has asked something of their own.
function examples(className) {
  return ['ru', 'kk', 'en'].map((code) => h('button', { type: 'button', class: className, lang: code, onclick: () => composer.say(t(`ex_${code}`)) }, t(`ex_${code}`)));
}

function welcome() {
  if (!store.isPrivate) return h('div', { class: 'welcome' }, h('p', {}, t('groupEmpty')));
  const start = h('button', { type: 'button', class: 'primary', onclick: () => composer.say('/start').then(() => composer.focus()) }, t('start'));
  return h('div', { class: 'welcome' }, botAvatar('big'), h('h3', {}, t('startTitle')),
    h('p', {}, store.bot.descriptions?.[store.person.language_code] || store.bot.description || t('describe')), start,
    h('p', { class: 'hint' }, t('startHint')), h('div', { class: 'welcome-examples' }, examples('example')));
}

function guide() {
  const own = [...store.messages.values()].filter((m) => m.from?.id === store.person.id);
  const asked = own.some((m) => !plainText(m).startsWith('/'));
  if (!store.messages.size) log.placeholder(welcome());
  const show = store.isPrivate && store.messages.size > 0 && !asked && !store.person.blocked;
  $('chips').hidden = !show;
  if (show) $('chips').replaceChildren(h('span', { class: 'chips-title' }, t('chipsTitle')), ...examples('chip'));
}

function theme() {
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  return document.documentElement.dataset.theme ?? (dark ? 'dark' : 'light');
}

function drawTheme() {
  setIcon($('theme'), theme() === 'dark' ? 'sun' : 'moon');
}

$('theme').addEventListener('click', () => {
  const next = theme() === 'dark' ? 'light' : 'dark';
  document.documentElement.dataset.theme = next;
  localStorage.setItem('refbot.theme', next);
  drawTheme();
});

let wasOffline = false;
store.on('connection', (open) => {
  $('offline').hidden = open;
  $('offline').textContent = open ? '' : t('offline');
  if (open && wasOffline) toast(t('back'));
  wasOffline = !open;
});

function speak() {
  const code = store.person?.language_code ?? 'en';
  setLanguage(code);
  translate(document);
  document.title = `${store.bot.first_name} · ${t('subtitle')}`;
}

store.on('person', speak);
store.on('people', () => {
  if (!store.person) return;
  if (store.person.language_code !== language()) {
    speak();
    log.draw();
    guide();
  }
  head();
});
store.on('chat', ({ loaded }) => {
  head();
  if (loaded) guide();
});
store.on('message', guide);
store.on('delete', guide);

// favourite is the person of the last visit, or one who speaks the browser's
// language.
function favourite() {
  const last = Number(localStorage.getItem('refbot.person'));
  if (store.people.some((p) => p.id === last)) return last;
  const spoken = navigator.languages.map((l) => l.slice(0, 2));
  const match = spoken.map((code) => store.people.find((p) => p.language_code === code)).find(Boolean);
  return (match ?? store.people[0]).id;
}

async function start() {
  hydrateIcons(document);
  drawTheme();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawTheme);
  setLanguage(navigator.language.slice(0, 2));
  translate(document);
  try {
    await store.refresh();
    if (!store.people.length) {
      for (const person of firstPeople) await api.addPerson(person);
      await store.refresh();
    }
    await store.become(favourite());
    if (matchMedia('(hover: hover)').matches) composer.focus();
  } catch (error) {
    log.placeholder(h('div', { class: 'welcome' }, h('p', {}, t('startFailed')), h('p', { class: 'hint' }, error.message)));
  }
  document.body.classList.add('ready');
}

start();
