// The page's own words. The language follows the chosen person.
import en from './texts.en.js';
import kk from './texts.kk.js';
import ru from './texts.ru.js';

export const languages = { kk, ru, en };
const locales = { kk: 'kk-KZ', ru: 'ru-RU', en: 'en-GB' };
let current = 'en';

export function setLanguage(code) {
  current = languages[code] ? code : 'en';
  document.documentElement.lang = current;
}

export const language = () => current;
export const locale = () => locales[current];

// t gives a text with {name} places filled in.
export function t(key, values = {}) {
  const text = languages[current][key] ?? languages.en[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');
}

// translate fills the elements that name a text or a label.
export function translate(root) {
  for (const el of root.querySelectorAll('[data-t]')) el.textContent = t(el.dataset.t);
  for (const el of root.querySelectorAll('[data-t-label]')) {
    el.setAttribute('aria-label', t(el.dataset.tLabel));
    if (el.tagName === 'BUTTON') el.title = t(el.dataset.tLabel);
  }
}

export function clock(seconds) {
  return new Date(seconds * 1000).toLocaleTimeString(locale(), { hour: '2-digit', minute: '2-digit' });
}

// day names a calendar day: today, yesterday or its date.
export function day(seconds, now = new Date()) {
  const date = new Date(seconds * 1000);
  const days = Math.round((midnight(now) - midnight(date)) / 86400000);
  if (days === 0) return t('today');
  if (days === 1) return t('yesterday');
  return date.toLocaleDateString(locale(), { day: 'numeric', month: 'long', year: 'numeric' });
}

const midnight = (d) => new Date(d.getFullYear(), d.getMonth(), d.getDate());

// size writes a file's size in the units people know.
export function size(bytes) {
  if (!bytes) return '';
  const unit = bytes < 1024 * 1024 ? ['kilobyte', 1024] : ['megabyte', 1024 * 1024];
  const n = new Intl.NumberFormat(locale(), { style: 'unit', unit: unit[0], maximumFractionDigits: 1 });
  return n.format(Math.max(0.1, bytes / unit[1]));
}
