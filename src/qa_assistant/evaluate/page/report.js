"use strict";
// Language, sorting, filtering and opening of rows. A question is a tbody: its row, and its detail below it.
const root = document.documentElement;
function speak(language) {
  root.lang = language;
  for (const button of document.querySelectorAll("button[data-language]")) button.setAttribute("aria-pressed", String(button.dataset.language === language));
  for (const option of document.querySelectorAll("option[data-zh]")) option.textContent = option.dataset[language];
  const find = document.getElementById("find");
  find.placeholder = find.dataset[language];
}
for (const button of document.querySelectorAll("button[data-language]")) button.addEventListener("click", () => speak(button.dataset.language));
speak(location.hash === "#en" || (location.hash !== "#zh" && !navigator.language.startsWith("zh")) ? "en" : "zh");

const table = document.getElementById("questions");
const bodies = [...table.tBodies];
const heads = [...table.tHead.rows[0].cells];
function sortBy(column) {
  const up = heads[column].getAttribute("aria-sort") !== "ascending";
  for (const head of heads) head.removeAttribute("aria-sort");
  heads[column].setAttribute("aria-sort", up ? "ascending" : "descending");
  const key = (body) => body.rows[0].cells[column].dataset.key ?? body.rows[0].cells[column].textContent.trim();
  const compared = (a, b) => key(a).localeCompare(key(b), undefined, { numeric: true });
  bodies.sort((a, b) => (up ? compared(a, b) : compared(b, a)));
  table.append(...bodies);
}
heads.forEach((head, column) => head.firstElementChild.addEventListener("click", () => sortBy(column)));

const filters = [...document.querySelectorAll("[data-filter]")];
function filter() {
  const wanted = document.getElementById("find").value.trim().toLowerCase();
  let shown = 0;
  for (const body of bodies) {
    const fits = filters.every((one) => !one.value || body.dataset[one.dataset.filter].split(" ").includes(one.value));
    body.hidden = !fits || (wanted !== "" && !body.dataset.text.toLowerCase().includes(wanted));
    shown += body.hidden ? 0 : 1;
  }
  document.getElementById("count").textContent = `${shown} / ${bodies.length}`;
}
for (const one of [...filters, document.getElementById("find")]) one.addEventListener("input", filter);
for (const body of bodies) {
  const button = body.querySelector("button");
  body.rows[0].addEventListener("click", () => {
    body.rows[1].hidden = !body.rows[1].hidden;
    button.setAttribute("aria-expanded", String(!body.rows[1].hidden));
  });
}
filter();
