/* The button to print, shown only where it works; and on a phone what comes second starts folded. */
(() => {
  "use strict";
  const narrow = window.matchMedia("(max-width: 640px)");
  const opened = new Set();

  function arrange() {
    for (const button of document.querySelectorAll("[data-print][hidden]")) button.hidden = false;
    for (const one of document.querySelectorAll(".reporting-fold")) {
      const wanted = !narrow.matches || opened.has(one.id);
      if (one.open !== wanted) one.open = wanted;
    }
  }

  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-print]")) window.print();
    const fold = event.target.closest?.(".reporting-fold > summary")?.parentElement;
    if (fold && narrow.matches) opened[fold.open ? "delete" : "add"](fold.id);
  });
  window.addEventListener("beforeprint", () => {
    for (const one of document.querySelectorAll(".reporting-fold")) one.open = true;
  });

  const start = () => {
    arrange();
    narrow.addEventListener("change", arrange);
    // A live change brings new markup: it gets the same treatment.
    new MutationObserver(arrange).observe(document.getElementById("inhoud"), { childList: true, subtree: true });
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
