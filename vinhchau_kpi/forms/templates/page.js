"use strict";
// Sorting and filtering, for those who have scripts; the page says all of it without them.

const vietnamese = document.documentElement.lang === "vi";

// A cell as something to sort by: in a column of numbers a number where it shows one, else its words. Exact enough to
// order by, and never shown.
function key(cell, numeric) {
  const text = cell.textContent.trim();
  if (!numeric) return text;
  const plain = vietnamese ? text.replaceAll(".", "").replace(",", ".") : text.replaceAll(",", "");
  const number = /^[≤=]?\s*([-+]?[0-9]+(?:\.[0-9]+)?)/.exec(plain);
  return number ? Number(number[1]) : text;
}

function compare(a, b) {
  const numbers = (typeof a === "number") - (typeof b === "number");
  if (numbers) return -numbers;
  return typeof a === "number" ? a - b : a.localeCompare(b, document.documentElement.lang, { numeric: true });
}

function sortable(table) {
  const bodies = [...table.tBodies].map((body) => [body, [...body.rows]]);
  table.querySelectorAll("thead tr > *").forEach((header, column) => {
    if (!header.textContent || header.classList.contains("fixed")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.title = filters ? filters.dataset.sort : "";
    button.append(...header.childNodes);
    header.append(button);
    button.addEventListener("click", () => {
      const order = { none: "ascending", ascending: "descending", descending: "none" }[header.ariaSort ?? "none"];
      table.querySelectorAll("thead th").forEach((other) => { other.ariaSort = null; });
      if (order !== "none") header.ariaSort = order;
      for (const [body, rows] of bodies) {
        const own = rows.filter((row) => row.cells.length > column && !row.classList.contains("of-which") && !row.classList.contains("across"));
        const rest = rows.filter((row) => !own.includes(row));
        rest.forEach((row) => { row.hidden = order !== "none" && row.classList.contains("of-which"); });
        if (order === "none") { body.append(...rows); continue; }
        const sign = order === "ascending" ? 1 : -1;
        const keyed = own.map((row) => [key(row.cells[column], header.classList.contains("number")), row]);
        // What has no number stands last in either order.
        keyed.sort(([a], [b]) => (typeof a === typeof b ? sign * compare(a, b) : compare(a, b)));
        body.append(...rest, ...keyed.map(([, row]) => row));
      }
    });
  });
}

const filters = document.getElementById("filters");
document.querySelectorAll("table").forEach(sortable);

if (filters) {
  const [find, status, shown] = ["find", "status", "shown"].map((id) => document.getElementById(id));
  const lines = [...document.querySelectorAll("tr.line")];
  const folded = (text) => text.normalize("NFD").replace(/\p{Mn}/gu, "").replace(/đ/gi, "d").toLowerCase();
  const texts = lines.map((line) => folded(`${line.querySelector(".no").textContent} ${line.querySelector(".name").textContent} ${line.dataset.lead}`));
  filters.hidden = false;
  const update = () => {
    const wanted = folded(find.value.trim());
    const active = Boolean(wanted || status.value);
    let count = 0;
    lines.forEach((line, at) => {
      line.hidden = !(texts[at].includes(wanted) && (!status.value || line.dataset.status === status.value));
      count += !line.hidden;
    });
    document.querySelectorAll("main > details").forEach((part) => {
      const own = [...part.querySelectorAll("tr.line")];
      const hits = own.some((line) => !line.hidden);
      part.hidden = active && own.length > 0 && !hits;
      if (active && hits) part.open = true;
    });
    document.querySelectorAll(".of-which").forEach((row) => {
      row.hidden = active || row.closest("table").querySelector("[aria-sort]") !== null;
    });
    filters.classList.toggle("active", active);
    shown.textContent = active ? filters.dataset.shown.replace("{n}", count).replace("{all}", lines.length) : "";
  };
  filters.addEventListener("input", update);
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  document.querySelectorAll(".value:focus, .value:hover").forEach((value) => value.classList.add("dismissed"));
});
for (const back of ["focusin", "mouseover"]) {
  document.addEventListener(back, (event) => event.target.classList?.remove("dismissed"));
}
let closed = [];
window.addEventListener("beforeprint", () => {
  closed = [...document.querySelectorAll("details:not([open])")];
  closed.forEach((part) => { part.open = true; });
});
window.addEventListener("afterprint", () => closed.forEach((part) => { part.open = false; }));
