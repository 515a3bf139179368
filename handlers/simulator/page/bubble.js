// One message as an element: who, when, what, and the buttons below it.
import { avatar, botAvatar, h, icon } from './dom.js';
import { fragment, textFragment } from './sanitise.js';
import { store } from './store.js';
import { clock, locale, size, t } from './texts.js';

// bubble draws a message. actions: link(url), command(text), press(msg,
// button, element), jump(id), menu(msg, element).
export function bubble(msg, actions) {
  if (msg.service) return service(msg);
  const own = msg.from?.id === store.person.id;
  const side = own ? 'own' : 'other';
  const name = senderName(msg.from);
  const el = h('article', { class: `msg ${side}`, 'aria-label': `${own ? t('you') : name}, ${clock(msg.date)}` },
    own ? null : face(msg.from),
    h('div', { class: 'stack' },
      h('div', { class: isBare(msg) ? 'bubble bare' : 'bubble' },
        own && !msg.via_bot ? null : h('div', { class: 'name' }, own ? '' : name, via(msg)),
        quote(msg, actions), media(msg), body(msg, actions), meta(msg)),
      keyboard(msg, actions), reaction(msg)),
    more(msg, actions));
  el.dataset.id = msg.message_id;
  el.dataset.from = msg.from?.id;
  el.dataset.date = msg.date;
  fold(el);
  return el;
}

// service is a line about the chat itself: somebody came, left, the group moved.
function service(msg) {
  const key = `service_${msg.service}`;
  const text = t(key, { name: senderName(msg.from) });
  const el = h('div', { class: 'msg service' }, h('span', {}, text === key ? msg.service : text));
  el.dataset.id = msg.message_id;
  el.dataset.from = 'service';
  el.dataset.date = msg.date;
  return el;
}

export const senderName = (from) => from?.name || from?.first_name || from?.username || store.bot.first_name;

export const plainText = (msg) => msg.text || msg.caption || '';

// summary says in a few words what a message is, for quotes and banners.
export function summary(msg) {
  if (!msg) return t('deletedMessage');
  const kind = ['photo', 'document', 'voice', 'sticker'].find((k) => msg[k]);
  return plainText(msg) || (kind ? t(kind) : '');
}

const via = (msg) => (msg.via_bot ? h('span', { class: 'via' }, ` ${t('via', { bot: msg.via_bot })}`) : null);

const isBare = (msg) => Boolean(msg.sticker) && !plainText(msg);

function face(from) {
  return from?.is_bot ? botAvatar('small') : avatar(senderName(from), from?.id ?? 0, 'small');
}

function body(msg, actions) {
  const hooks = { onLink: actions.link, onCommand: actions.command, label: t };
  const html = msg.html || msg.caption_html;
  const el = h('div', { class: 'body' });
  if (html) el.append(fragment(html, hooks));
  else el.append(textFragment(plainText(msg), hooks));
  return el.childNodes.length ? el : null;
}

function meta(msg) {
  const iso = new Date(msg.date * 1000).toISOString();
  const full = new Date(msg.date * 1000).toLocaleString(locale());
  return h('div', { class: 'meta' }, msg.edit_date ? h('span', {}, `${t('edited')} `) : null,
    h('time', { dateTime: iso, title: full }, clock(msg.date)));
}

function quote(msg, actions) {
  if (!msg.reply_to) return null;
  const id = msg.reply_to.message_id ?? msg.reply_to;
  const target = store.messages.get(id) ?? (msg.reply_to.message_id ? msg.reply_to : null);
  return h('button', { type: 'button', class: 'quote', onclick: () => actions.jump(id) },
    h('strong', {}, target ? senderName(target.from) : ''), h('span', {}, summary(target)));
}

function media(msg) {
  if (msg.photo) return photo(msg);
  if (msg.document) return file(msg.document);
  if (msg.voice) return voice(msg.voice);
  if (msg.sticker) return sticker(msg.sticker);
  return null;
}

function photo(msg) {
  const alt = plainText(msg) || t('photo');
  const img = h('img', { src: msg.photo.url ?? '', alt, loading: 'lazy' });
  img.addEventListener('error', () => img.replaceWith(file({ ...msg.photo, file_name: msg.photo.file_name || t('photo') })));
  return h('a', { class: 'photo', href: msg.photo.url, target: '_blank', rel: 'noopener' }, img);
}

function file(doc) {
  const info = h('span', { class: 'file-info' }, h('span', { class: 'file-name' }, doc.file_name || t('document')), h('span', { class: 'file-size' }, size(doc.size)));
  const props = { class: 'file', href: doc.url, target: '_blank', rel: 'noopener', download: doc.file_name ?? '' };
  return h('a', props, h('span', { class: 'file-icon' }, icon('doc')), info);
}

function voice(v) {
  return h('div', { class: 'voice' }, h('span', { class: 'file-icon' }, icon('mic')),
    v.url ? h('audio', { controls: true, preload: 'none', src: v.url, 'aria-label': t('voice') }) : h('span', {}, t('voice')));
}

function sticker(s) {
  const img = h('img', { class: 'sticker', src: s.url ?? '', alt: t('sticker') });
  img.addEventListener('error', () => img.replaceWith(h('span', { class: 'sticker', role: 'img', 'aria-label': t('sticker') }, icon('smile'))));
  return img;
}

// keyboard draws inline buttons; a reply keyboard's labels send themselves.
function keyboard(msg, actions) {
  const rows = msg.buttons?.length ? msg.buttons : msg.keyboard?.map((row) => row.map((text) => ({ text, says: text })));
  if (!rows?.length) return null;
  return h('div', { class: 'keys' }, rows.map((row) => h('div', { class: 'keys-row' }, row.map((b) => key(msg, b, actions)))));
}

function key(msg, button, actions) {
  if (button.url) {
    const label = t('opensPage', { text: button.text });
    const a = h('a', { class: 'key', href: safe(button.url), target: '_blank', rel: 'noopener noreferrer', 'aria-label': label }, h('span', {}, button.text), icon('link'));
    const open = a.href && actions.link(new URL(a.href));
    if (open) a.addEventListener('click', (e) => { e.preventDefault(); open(); });
    return a;
  }
  const el = h('button', { type: 'button', class: 'key' }, h('span', {}, button.text));
  el.addEventListener('click', () => (button.says ? actions.command(button.says) : actions.press(msg, button, el)));
  return el;
}

function safe(url) {
  try {
    return ['http:', 'https:', 'tg:'].includes(new URL(url).protocol) ? url : null;
  } catch {
    return null;
  }
}

function reaction(msg) {
  const marks = [msg.reaction].flat().map((r) => r?.emoji ?? r).filter(Boolean);
  return marks.length ? h('div', { class: 'reaction' }, marks.join(' ')) : null;
}

function more(msg, actions) {
  const button = h('button', { type: 'button', class: 'more icon-button small', 'aria-label': t('messageMenu'), 'aria-haspopup': 'menu' }, icon('more'));
  button.addEventListener('click', () => actions.menu(msg, button));
  return button;
}

// fold puts a toggle under every expandable quote.
function fold(el) {
  for (const block of el.querySelectorAll('blockquote.expandable')) {
    const toggle = h('button', { type: 'button', class: 'fold', 'aria-expanded': 'false' }, t('showMore'));
    toggle.addEventListener('click', () => {
      const open = block.classList.toggle('open');
      toggle.setAttribute('aria-expanded', String(open));
      toggle.textContent = t(open ? 'showLess' : 'showMore');
    });
    block.after(toggle);
  }
}
