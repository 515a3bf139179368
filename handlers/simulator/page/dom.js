// Building elements without ever parsing a string as HTML.
import { paths } from './icons.js';

const svgSpace = 'http://www.w3.org/2000/svg';

// h makes an element. Keys that start with "on" are listeners, "class" and
// aria/data attributes are attributes, the rest are properties.
export function h(tag, props = {}, ...children) {
  const el = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith('on')) el.addEventListener(key.slice(2), value);
    else if (key === 'class' || key === 'role' || key === 'for' || key.includes('-')) el.setAttribute(key, value);
    else el[key] = value;
  }
  el.append(...children.flat().filter((c) => c !== null && c !== undefined && c !== false));
  return el;
}

export function icon(name) {
  const svg = document.createElementNS(svgSpace, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  for (const d of paths[name]) {
    const path = document.createElementNS(svgSpace, 'path');
    path.setAttribute('d', d);
    svg.append(path);
  }
  return svg;
}

export const $ = (id) => document.getElementById(id);

// hydrateIcons puts the drawing into every element that names one.
export function hydrateIcons(root) {
  for (const el of root.querySelectorAll('[data-icon]')) setIcon(el, el.dataset.icon);
}

export function setIcon(el, name) {
  el.querySelector(':scope > .icon')?.remove();
  el.prepend(icon(name));
}

// avatar draws initials on one of six quiet colours chosen by the id.
export function avatar(name, id, extra = '') {
  const letters = name.split(/\s+/).filter(Boolean).slice(0, 2).map((w) => [...w][0]).join('').toUpperCase();
  return h('span', { class: `avatar c${Math.abs(id) % 6} ${extra}`, 'aria-hidden': 'true' }, letters || '?');
}

export function botAvatar(extra = '') {
  return h('img', { class: `avatar ${extra}`, src: 'avatar.svg', alt: '', width: 36, height: 36 });
}

export function personName(person) {
  return [person.first_name, person.last_name].filter(Boolean).join(' ') || `#${person.id}`;
}
