/* Adds up the amounts of a phasing while somebody types, in whole cents; the server has the last word. */
(() => {
  "use strict";

  function cents(text) {
    const bare = text.replace(/[€\s\u00a0]/g, "");
    if (bare === "") return null;
    const found = bare.match(/^-?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{1,2}))?$/);
    if (!found) return NaN;
    const [whole, rest = ""] = bare.replaceAll(".", "").split(",");
    return Number(whole) * 100 + (whole.startsWith("-") ? -1 : 1) * Number(rest.padEnd(2, "0"));
  }

  function euros(amount) {
    const whole = String(Math.floor(Math.abs(amount) / 100)).replace(/\B(?=(\d{3})+$)/g, ".");
    return `${amount < 0 ? "− " : ""}€\u00a0${whole},${String(Math.abs(amount) % 100).padStart(2, "0")}`;
  }

  const word = (name) => document.querySelector("[data-live-region]")?.dataset[name] || "";

  function answer(form) {
    const place = form.querySelector("[data-addup-answer]");
    if (!place) return;
    const typed = form.querySelector("[data-addup-whole]");
    const total = typed ? cents(typed.value) : Number(form.dataset.addupTotal);
    let sum = 0;
    let readable = true;
    for (const part of form.querySelectorAll("[data-addup-part]")) {
      const value = cents(part.value);
      if (Number.isNaN(value)) readable = false;
      else sum += value ?? 0;
    }
    const shown = form.querySelector("[data-addup-sum]");
    if (shown) shown.textContent = readable ? euros(sum) : "";
    const left = total - sum;
    const known = total !== null && !Number.isNaN(total);
    let says = "wordTooMuch";
    if (!readable || Number.isNaN(total)) says = "wordWrite";
    else if (!known) says = "wordTotalFirst";
    else if (left === 0) says = "wordAddsUp";
    else if (left > 0) says = "wordLeft";
    place.textContent = word(says).replace("{amount}", euros(left === 0 ? total : Math.abs(left)));
    place.classList.toggle("vs-right", readable && known && left === 0);
  }

  document.addEventListener("input", (event) => {
    const form = event.target.closest?.("[data-addup]");
    if (form) answer(form);
  });
  const all = (root) => root.querySelectorAll?.("[data-addup]").forEach(answer);
  document.addEventListener("DOMContentLoaded", () => all(document));
  document.addEventListener("htmx:load", (event) => all(event.target));
})();
