// The dialogs for people and groups.
import * as api from './api.js';
import { h, personName } from './dom.js';
import { dialog, fail, toast } from './overlay.js';
import { store } from './store.js';
import { t } from './texts.js';

const codes = ['kk', 'ru', 'en'];
const roles = ['citizen', 'moderator', 'outreach', 'admin'];

// personForm adds a person, or changes one; done hears the result.
export function personForm(person, done) {
  const first = text('first_name', t('firstName'), person?.first_name, { required: true, maxLength: 64 });
  const rest = person ? [] : [
    text('last_name', t('lastName'), '', { maxLength: 64, placeholder: t('optional') }),
    text('username', t('username'), '', { pattern: '[A-Za-z][A-Za-z0-9_]{4,31}', placeholder: t('optional') }),
  ];
  const fields = [first, ...rest,
    select('language_code', t('languageName'), codes, person?.language_code ?? store.person?.language_code),
    select('role', t('roleName'), roles, person?.role)];
  const title = person ? t('editPerson', { name: personName(person) }) : t('addPerson');
  form(title, fields, person ? t('save') : t('create'), async (data) => {
    const values = Object.fromEntries([...data].filter(([, v]) => v !== ''));
    done(await (person ? api.patchPerson(person.id, values) : api.addPerson(values)));
  });
}

// groupForm makes a group of the chosen people and the bot.
export function groupForm(done) {
  const members = store.people.map((p) => h('label', { class: 'check' },
    h('input', { type: 'checkbox', name: 'members', value: p.id, checked: p.id === store.person.id }), personName(p)));
  const fields = [
    text('title', t('groupTitle'), t('groupSample'), { required: true, maxLength: 128 }),
    h('fieldset', { class: 'field-group' }, h('legend', {}, t('groupMembers')), members),
  ];
  form(t('addGroup'), fields, t('create'), async (data) => {
    const ids = data.getAll('members').map(Number);
    if (!ids.length) {
      toast(t('groupNeedsMember'), 'bad');
      return false;
    }
    done(await api.addGroup({ title: data.get('title'), members: ids }));
    return true;
  });
}

// form shows fields with a button; save returning false keeps it open.
function form(title, fields, button, save) {
  const el = h('form', { class: 'dialog-body', autocomplete: 'off' }, fields,
    h('div', { class: 'actions' },
      h('button', { type: 'button', class: 'quiet', onclick: () => box.close() }, t('cancel')),
      h('button', { type: 'submit', class: 'primary' }, button)));
  el.addEventListener('submit', async (e) => {
    e.preventDefault();
    try {
      if (await save(new FormData(el)) !== false) box.close();
    } catch (error) {
      fail(error);
    }
  });
  const box = dialog(title, el);
  el.querySelector('input, select')?.focus();
}

export function text(name, label, value = '', props = {}) {
  return h('label', { class: 'input' }, h('span', {}, label), h('input', { type: 'text', name, value: value ?? '', ...props }));
}

export function select(name, label, values, chosen, word = (v) => v) {
  const options = values.map((v) => h('option', { value: v, selected: v === chosen }, t(word(v))));
  return h('label', { class: 'input' }, h('span', {}, label), h('select', { name }, options));
}
