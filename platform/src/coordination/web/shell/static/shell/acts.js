/* What happens around an act: no second sending of a form, the focus on what is wrong, and a refusal that is seen. */
(() => {
  "use strict";

  const SENT_FOR = 4000;

  const focusOnFaults = (root) => root.querySelector?.("[data-error-summary]")?.focus();

  function onceOnly(event) {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.sent && Date.now() - Number(form.dataset.sent) < SENT_FOR) event.preventDefault();
    else form.dataset.sent = String(Date.now());
  }

  /* An answer with a fault is a whole page: its heading and first sentence are shown where the act was done. */
  function showRefusal(event) {
    const { elt: source, xhr } = event.detail;
    const page = new DOMParser().parseFromString(xhr?.responseText || "", "text/html");
    const words = [page.querySelector("h1"), page.querySelector(".vs-intro p")].map((one) => one?.textContent.trim());
    const region = document.querySelector("[data-live-region]");
    const text = words.filter(Boolean).join(". ") || region?.dataset.wordFailed || "";
    const place = source.closest("form") || source.closest(".vs-panel, section") || document.querySelector("main");
    place.querySelector(":scope > [data-refusal]")?.remove();
    const message = document.createElement("p");
    message.className = "utrecht-alert vs-message vs-message--error";
    message.setAttribute("role", "alert");
    message.dataset.refusal = "";
    place.prepend(message);
    message.textContent = text;
    delete place.dataset?.sent;
  }

  document.addEventListener("submit", onceOnly);
  document.addEventListener("htmx:responseError", showRefusal);
  document.addEventListener("htmx:sendError", showRefusal);
  document.addEventListener("htmx:afterSettle", (event) => focusOnFaults(event.target));
  document.addEventListener("DOMContentLoaded", () => focusOnFaults(document));
})();
