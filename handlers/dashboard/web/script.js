// The pages work without this script. With it lists and rulings go by keyboard, a text is previewed while it is
// typed, and a broadcast on its way moves.
"use strict";

const list = () => [...document.querySelectorAll("#list a")];

document.addEventListener("keydown", (event) => {
  const at = event.target;
  if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName)) return;
  if (event.key === "j" || event.key === "k") {
    const links = list();
    const here = links.indexOf(document.activeElement);
    const next = links[Math.min(links.length - 1, Math.max(0, here + (event.key === "j" ? 1 : -1)))];
    if (next) next.focus();
    return;
  }
  const button = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (button) button.click();
});

for (const place of document.querySelectorAll("[data-preview]")) {
  const source = place.querySelector("[data-source]");
  const shown = place.querySelector("[data-shown]");
  let waiting = 0;
  source.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const answer = await fetch(place.dataset.preview, {method: "POST", body: new URLSearchParams({text: source.value})});
      if (!answer.ok) return;
      shown.innerHTML = await answer.text(); // made by the server's renderer, which lets only Telegram's tags through
      shown.hidden = source.value.trim() === "";
    }, 300);
  });
}

for (const place of document.querySelectorAll("[data-live]")) {
  const stream = new EventSource(place.dataset.live);
  stream.onmessage = (event) => {
    for (const item of JSON.parse(event.data) || []) {
      const line = place.querySelector(`[data-id="${CSS.escape(item.id)}"]`);
      if (!line) continue;
      const bar = line.querySelector("progress");
      bar.max = item.of;
      bar.value = item.done;
      line.querySelector("span").textContent = `${item.done} / ${item.of}`;
    }
  };
}
