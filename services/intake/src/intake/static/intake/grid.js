/* Panels in the grid: one row open at a time, Escape closes, and the focus goes back to the amount it came from. */
(() => {
  "use strict";

  const SLOT = "[data-panel-slot], .intake-phasing__why";
  const openers = new Map();

  const slotOf = (element) => element?.closest?.(SLOT);
  const panels = () => document.querySelectorAll("[data-panel-slot]");
  const isTouched = (slot) =>
    [...slot.querySelectorAll("input:not([type=hidden]), textarea")].some((one) => one.value !== one.defaultValue) ||
    [...slot.querySelectorAll("option")].some((one) => one.selected !== one.defaultSelected && one.selected && one.value);

  function close(slot, { focus = true } = {}) {
    slot.replaceChildren();
    slot.removeAttribute("data-live-hold");
    const opener = document.getElementById(openers.get(slot.id));
    openers.delete(slot.id);
    opener?.setAttribute("aria-expanded", "false");
    if (focus) opener?.focus({ preventScroll: false });
  }

  function say(text) {
    const region = document.querySelector("[data-live-region]");
    if (region) region.textContent = text;
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-panel-close]");
    const slot = slotOf(link);
    if (!slot || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    close(slot);
  });

  document.addEventListener("keydown", (event) => {
    const slot = event.key === "Escape" && slotOf(event.target);
    if (slot) close(slot);
  });

  document.addEventListener("htmx:beforeRequest", (event) => {
    const { elt, target } = event.detail;
    if (target?.matches?.(SLOT) && elt.id && !target.contains(elt)) openers.set(target.id, elt.id);
  });

  /* What is no fragment, or was refused, is shown as the page it is. */
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { target, xhr, requestConfig } = event.detail;
    if (!target?.matches?.(SLOT) || requestConfig.verb !== "get") return;
    if (xhr.status < 400 && !/^\s*<!doctype/i.test(xhr.responseText)) return;
    event.detail.shouldSwap = false;
    window.location.assign(requestConfig.elt.getAttribute("href") || requestConfig.path);
  });

  document.addEventListener("htmx:afterSwap", (event) => {
    const slot = event.detail.target;
    if (!slot?.matches?.(SLOT)) return;
    /* What is open stays as it is until it is closed; the live figures wait for that. */
    slot.setAttribute("data-live-hold", "");
    for (const other of panels()) {
      if (other !== slot && !other.contains(slot) && other.hasChildNodes() && !isTouched(other)) close(other, { focus: false });
    }
    for (const link of document.querySelectorAll('#raster [aria-expanded="true"]')) link.setAttribute("aria-expanded", "false");
    document.getElementById(openers.get(slot.id))?.setAttribute("aria-expanded", "true");
    const first = slot.querySelector("[data-error-summary]") || slot.querySelector("[autofocus], [data-panel-title]");
    (first || slot.querySelector("input:not([type=hidden]), select, a"))?.focus();
  });

  /* A form that came back with what is wrong: begin there. */
  document.addEventListener("htmx:load", (event) => {
    if (slotOf(event.detail.elt)) event.detail.elt.querySelector("[data-error-summary]")?.focus();
  });

  document.addEventListener("vierspan:saved", (event) => {
    document.getElementById(event.detail.cell)?.focus();
    say(event.detail.said);
  });
})();
