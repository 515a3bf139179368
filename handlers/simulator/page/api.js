// The simulator's control API.

export class ApiError extends Error {
  constructor(status, message) {
    super(message || `HTTP ${status}`);
    this.status = status;
  }
}

async function call(method, path, body) {
  const options = { method };
  if (body instanceof FormData) {
    options.body = body;
  } else if (body !== undefined) {
    options.headers = { 'Content-Type': 'application/json' };
    options.body = JSON.stringify(body);
  }
  const reply = await fetch(path, options);
  const text = await reply.text();
  if (!reply.ok) throw new ApiError(reply.status, reason(text));
  return text ? JSON.parse(text) : null;
}

function reason(text) {
  try {
    const { error, description } = JSON.parse(text);
    return error || description || '';
  } catch {
    return text.trim().slice(0, 200);
  }
}

const get = (path) => call('GET', path);
const post = (path, body) => call('POST', path, body);

export const state = () => get('/sim/state');
export const addPerson = (person) => post('/sim/people', person);
export const patchPerson = (id, patch) => post(`/sim/people/${id}`, patch);
export const addGroup = (group) => post('/sim/groups', group);
export const press = (callback) => post('/sim/callbacks', callback);
export const inline = (query) => post('/sim/inline', query);
export const choose = (id, choice) => post(`/sim/inline/${encodeURIComponent(id)}/choose`, choice);
export const addFault = (fault) => post('/sim/faults', fault);
export const clearFaults = () => call('DELETE', '/sim/faults');
export const limits = (enabled) => post('/sim/limits', { enabled });
export const refusals = async () => list(await get('/sim/refusals'), 'refusals');
export const commands = async (person, chat) => list(await get(`/sim/commands?person=${person}&chat=${chat}`), 'commands');
export const messages = async (chat, person) => list(await get(`/sim/chats/${chat}/messages?person=${person}`), 'messages');
export const editMessage = (chat, id, edit) => post(`/sim/chats/${chat}/messages/${id}`, edit);

// send posts a message; with a file it becomes a form whose file part is
// named after the kind: photo, document, voice or sticker.
export function send(chat, message, attachment) {
  const path = `/sim/chats/${chat}/messages`;
  if (!attachment) return post(path, message);
  const form = new FormData();
  for (const [key, value] of Object.entries(message)) {
    if (value !== undefined && value !== '') form.append(key, value);
  }
  form.append(attachment.kind, attachment.blob, attachment.name);
  return post(path, form);
}

function list(reply, key) {
  return (Array.isArray(reply) ? reply : reply?.[key]) ?? [];
}

const kinds = ['message', 'edit', 'delete', 'typing', 'callback', 'reaction', 'draft', 'inline', 'commands', 'people'];

// listen opens the event stream of one person. EventSource resumes with
// Last-Event-ID by itself; onState hears true when the stream opens and
// false when it breaks.
export function listen(person, onEvent, onState) {
  const source = new EventSource(`/sim/events?person=${person}`);
  for (const kind of kinds) {
    source.addEventListener(kind, (e) => onEvent(kind, e.data ? JSON.parse(e.data) : {}));
  }
  source.onopen = () => onState(true);
  source.onerror = () => onState(false, source.readyState === EventSource.CLOSED);
  return source;
}
