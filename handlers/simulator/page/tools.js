// The drawer of faults, limits and refusals: Telegram on a bad day.
import * as api from './api.js';
import { $, h } from './dom.js';
import { select, text } from './forms.js';
import { dialog, fail, toast } from './overlay.js';
import { store } from './store.js';
import { t } from './texts.js';

const kinds = ['5xx', 'html502', 'delay', 'cut_before', 'cut_after', 'migrate', '429'];
const methods = ['*', 'sendMessage', 'editMessageText', 'answerCallbackQuery', 'getUpdates', 'sendChatAction', 'sendMessageDraft', 'answerInlineQuery'];

export function openTools() {
  const body = h('div', { class: 'dialog-body tools' }, h('p', { class: 'hint' }, t('toolsIntro')), faults(), limits(), refusals());
  dialog(t('tools'), body, 'drawer');
}

$('tools-open').addEventListener('click', openTools);

function section(title, ...content) {
  return h('section', {}, h('h3', {}, t(title)), content);
}

function faults() {
  const number = (name, label, value, max) => text(name, t(label), value, { type: 'number', min: 0, max, step: 1 });
  const form = h('form', { class: 'fault', autocomplete: 'off' },
    select('method', t('faultMethod'), methods, 'sendMessage', (v) => (v === '*' ? 'anyMethod' : v)),
    select('kind', t('faultKind'), kinds, '5xx', (v) => `k_${v}`),
    number('count', 'faultCount', 1, 1000), number('delay_ms', 'faultDelay', 2000, 600000), number('retry_after', 'faultRetry', 5, 86400),
    h('div', { class: 'actions' },
      h('button', { type: 'button', class: 'quiet', onclick: () => attempt(api.clearFaults(), 'faultsCleared') }, t('clearFaults')),
      h('button', { type: 'submit', class: 'primary' }, t('addFault'))));
  const relevant = () => {
    const kind = form.elements.kind.value;
    form.elements.delay_ms.closest('label').hidden = kind !== 'delay';
    form.elements.retry_after.closest('label').hidden = kind !== '429';
  };
  form.addEventListener('change', relevant);
  form.addEventListener('submit', (e) => {
    e.preventDefault();
    attempt(api.addFault(fault(form)), 'faultAdded');
  });
  relevant();
  return section('faults', form);
}

function fault(form) {
  const { method, kind, count, delay_ms: delay, retry_after: retry } = form.elements;
  const out = { method: method.value, kind: kind.value, count: Number(count.value) };
  if (kind.value === 'delay') out.delay_ms = Number(delay.value);
  if (kind.value === '429') out.retry_after = Number(retry.value);
  if (kind.value === 'migrate') out.chat = store.chatId;
  return out;
}

function limits() {
  const box = h('input', { type: 'checkbox', checked: store.limits });
  box.addEventListener('change', async () => {
    const ok = await attempt(api.limits(box.checked));
    if (ok) store.limits = box.checked;
    else box.checked = !box.checked;
  });
  return section('limits', h('label', { class: 'check' }, box, t('limitsOn')), h('p', { class: 'hint' }, t('limitsHint')));
}

function refusals() {
  const out = h('div', { class: 'refusals', 'aria-live': 'polite' });
  const load = async () => {
    try {
      const list = await api.refusals();
      out.replaceChildren(list.length ? h('ul', {}, list.map(refusal)) : h('p', { class: 'hint' }, t('noRefusals')));
    } catch (error) {
      out.replaceChildren(h('p', { class: 'hint' }, error.status === 404 ? t('toolsMissing') : t('failed', { why: error.message })));
    }
  };
  load();
  return section('refusals', out, h('div', { class: 'actions' }, h('button', { type: 'button', class: 'quiet', onclick: load }, t('refresh'))));
}

const refusal = (r) => h('li', {}, h('code', {}, `${r.method} ${r.error_code ?? ''}`), h('span', {}, r.description ?? ''));

async function attempt(promise, done) {
  try {
    await promise;
    if (done) toast(t(done));
    return true;
  } catch (error) {
    if (error.status === 404) toast(t('toolsMissing'), 'bad');
    else fail(error);
    return false;
  }
}
