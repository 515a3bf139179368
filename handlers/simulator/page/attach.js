// What can be sent besides text: a picked photo or document, a pasted image,
// a sample voice message and a sticker drawn from an emoji.
import { $ } from './dom.js';
import { menu, toast } from './overlay.js';
import { t } from './texts.js';

const maxBytes = 20 * 1024 * 1024;
const stickers = ['👍', '❤️', '😊', '🙏', '🎉', '🤔'];

// attachMenu opens the menu; send({kind, blob, name}) takes the choice.
export function attachMenu(anchor, send) {
  menu(anchor, [
    { icon: 'photo', text: t('attachPhoto'), run: () => pick('photo', 'image/*', send) },
    { icon: 'doc', text: t('attachDocument'), run: () => pick('document', '', send) },
    { icon: 'mic', text: t('attachVoice'), run: () => send({ kind: 'voice', blob: tone(), name: 'voice.wav' }) },
    { icon: 'smile', text: t('sticker'), run: () => stickerMenu(anchor, send) },
  ]);
}

function stickerMenu(anchor, send) {
  menu(anchor, stickers.map((emoji) => ({
    glyph: emoji,
    text: `${t('sticker')} ${emoji}`,
    run: async () => send({ kind: 'sticker', blob: await draw(emoji), name: 'sticker.webp' }),
  })));
}

function pick(kind, accept, send) {
  const input = $('file');
  input.accept = accept;
  input.value = '';
  input.onchange = () => input.files[0] && sendFile(kind, input.files[0], send);
  input.click();
}

export function sendFile(kind, file, send) {
  if (file.size > maxBytes) {
    toast(t('tooBig'), 'bad');
    return;
  }
  send({ kind, blob: file, name: file.name || `${kind}.png` });
}

// pasted sends an image from the clipboard and says whether there was one.
export function pasted(event, send) {
  const file = [...event.clipboardData.files].find((f) => f.type.startsWith('image/'));
  if (!file) return false;
  event.preventDefault();
  sendFile('photo', file, send);
  return true;
}

async function draw(emoji) {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 512;
  const pen = canvas.getContext('2d');
  pen.font = '380px system-ui, sans-serif';
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.fillText(emoji, 256, 276);
  return new Promise((resolve) => { canvas.toBlob(resolve, 'image/webp'); });
}

// tone is one second of a soft 440 Hz sound, 16-bit mono WAV at 8 kHz.
function tone() {
  const rate = 8000;
  const view = new DataView(new ArrayBuffer(44 + rate * 2));
  const word = (at, s) => [...s].forEach((c, i) => view.setUint8(at + i, c.charCodeAt(0)));
  word(0, 'RIFF');
  view.setUint32(4, 36 + rate * 2, true);
  word(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  word(36, 'data');
  view.setUint32(40, rate * 2, true);
  for (let i = 0; i < rate; i++) {
    const fade = Math.sin((Math.PI * i) / rate);
    view.setInt16(44 + i * 2, 6000 * fade * Math.sin((2 * Math.PI * 440 * i) / rate), true);
  }
  return new Blob([view], { type: 'audio/wav' });
}
