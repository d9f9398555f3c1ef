/* The button to print: shown only where it works. */
(() => {
  "use strict";
  const show = () => {
    for (const button of document.querySelectorAll("[data-print]")) button.hidden = false;
  };
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-print]")) window.print();
  });
  // On paper and on a wide screen everything that a phone folds is open; a phone starts folded.
  const narrow = window.matchMedia("(max-width: 640px)");
  const fold = () => {
    for (const one of document.querySelectorAll(".reporting-fold")) one.open = !narrow.matches;
  };
  const start = () => {
    show();
    if (narrow.matches) fold();
    narrow.addEventListener("change", fold);
    new MutationObserver(show).observe(document.getElementById("inhoud"), { childList: true, subtree: true });
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
