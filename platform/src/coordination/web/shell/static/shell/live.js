/* Keeps a page up to date: a notice says what changed, the page asks for that fragment again and marks the figures. */
(() => {
  "use strict";

  const MARKED_FOR = 6000;
  const GATHER_FOR = 40;
  const SPEAK_AFTER = 1500;
  const LONGEST_WAIT = 15000;
  const TRY_AGAIN_AFTER = 3000;
  const sockets = new Map();
  const waiting = new Map();
  const turns = new Map();
  const spoken = [];
  let paused = false;
  let speaking = null;

  const word = (name) => document.querySelector("[data-live-region]")?.dataset[name] || "";
  const frames = () => [...document.querySelectorAll("[data-live-service]")];
  const clock = () => {
    const now = new Date();
    return `${now.getHours()}.${String(now.getMinutes()).padStart(2, "0")}`;
  };

  function showSign() {
    const alive = sockets.size > 0 && [...sockets.values()].every((one) => one.readyState === WebSocket.OPEN);
    for (const sign of document.querySelectorAll("[data-live-sign]")) {
      sign.hidden = false;
      const live = alive && !paused;
      if (!live && !sign.dataset.since) sign.dataset.since = clock();
      if (live) delete sign.dataset.since;
      sign.classList.toggle("vs-live-sign--off", !live);
      sign.querySelector("[data-live-word]").textContent = live
        ? word("wordLive")
        : word("wordLost").replace("{time}", sign.dataset.since);
    }
    for (const button of document.querySelectorAll("[data-live-pause]")) {
      button.hidden = sockets.size === 0;
      button.textContent = word(paused ? "wordResume" : "wordPause");
    }
  }

  function say(text) {
    spoken.push(text);
    clearTimeout(speaking);
    speaking = setTimeout(() => {
      const region = document.querySelector("[data-live-region]");
      if (region) region.textContent = spoken.splice(0).slice(0, 3).join(". ");
    }, SPEAK_AFTER);
  }

  const figuresIn = (frame) =>
    new Map([...frame.querySelectorAll("[data-figure]")].map((one) => [one.dataset.figure, one.textContent.trim()]));

  function cents(text) {
    const found = text.replace(/\s/g, "").match(/^([−-])?€?([\d.]+),(\d\d)$/);
    return found ? (found[1] ? -1 : 1) * Number(found[2].replaceAll(".", "") + found[3]) : null;
  }

  function euros(amount) {
    const whole = String(Math.floor(Math.abs(amount) / 100)).replace(/\B(?=(\d{3})+$)/g, ".");
    return `${amount < 0 ? "−" : "+"} € ${whole},${String(Math.abs(amount) % 100).padStart(2, "0")}`;
  }

  function markChanges(frame, before) {
    for (const figure of frame.querySelectorAll("[data-figure]")) {
      const old = before.get(figure.dataset.figure);
      const now = figure.textContent.trim();
      if (old === undefined || old === now) continue;
      figure.classList.add("vs-changed");
      const was = cents(old);
      const is = cents(now);
      const label = figure.dataset.figureLabel || "";
      if (was !== null && is !== null) {
        figure.dataset.difference = `${word("wordJust")} ${euros(is - was)}`;
        figure.dataset.differenceShort = euros(is - was);
      }
      setTimeout(() => {
        figure.classList.remove("vs-changed");
        delete figure.dataset.difference;
        delete figure.dataset.differenceShort;
      }, MARKED_FOR);
      if (label) say(`${label} ${word("wordNow")} ${now}`);
    }
  }

  const FIELDS = "input:not([type=hidden]), select, textarea";

  function touched(field) {
    if (field.tagName === "SELECT") {
      const usual = [...field.options].findIndex((one) => one.defaultSelected);
      return field.selectedIndex !== Math.max(usual, 0);
    }
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    return field.value !== field.defaultValue;
  }

  /* Nothing that somebody is filling in, or has open, is taken away; it waits until they are done. */
  const isBusy = (frame) =>
    (frame.contains(document.activeElement) && document.activeElement.matches(FIELDS)) ||
    frame.querySelector("[data-live-hold]") !== null ||
    [...frame.querySelectorAll(FIELDS)].some(touched);

  const plain = (text) => text.replace(/\s+/g, " ").trim();

  function saysTheSame(frame, text) {
    const fresh = document.createElement("template");
    fresh.innerHTML = text;
    return plain(fresh.content.textContent) === plain(frame.textContent);
  }

  function swap(frame, text) {
    const before = figuresIn(frame);
    const open = new Set([...frame.querySelectorAll("details[open][id]")].map((one) => one.id));
    const scrolled = [...frame.querySelectorAll(".vs-scroll")].map((one) => one.scrollLeft);
    const focused = frame.contains(document.activeElement) ? document.activeElement.id : "";
    frame.innerHTML = text;
    for (const one of frame.querySelectorAll("details[id]")) if (open.has(one.id)) one.open = true;
    for (const [place, one] of frame.querySelectorAll(".vs-scroll").entries()) one.scrollLeft = scrolled[place] ?? 0;
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    if (window.htmx) window.htmx.process(frame);
    showSign();
    markChanges(frame, before);
  }

  async function refresh(fragment, first) {
    const turn = (turns.get(fragment) ?? 0) + 1;
    turns.set(fragment, turn);
    const address = new URL(window.location.href);
    address.searchParams.set("fragment", fragment);
    address.hash = "";
    const answer = await fetch(address, { headers: { "X-Live": "1" }, credentials: "same-origin" });
    if (answer.status >= 500) throw new Error(String(answer.status));
    if (!answer.ok || answer.redirected) return;
    const text = await answer.text();
    /* An older answer that comes in late, or a whole page where a part was asked for, is left alone. */
    if (turns.get(fragment) !== turn || text.includes("<html")) return;
    for (const frame of frames().filter((one) => one.dataset.liveFragment === fragment)) {
      if (isBusy(frame)) {
        frame.dataset.liveLate = "1";
        continue;
      }
      if (!first || !saysTheSame(frame, text)) swap(frame, text);
    }
  }

  function ask(fragment, first = false) {
    if (waiting.has(fragment)) return;
    waiting.set(
      fragment,
      setTimeout(() => {
        waiting.delete(fragment);
        refresh(fragment, first).catch(() => {
          showSign();
          setTimeout(() => ask(fragment), TRY_AGAIN_AFTER);
        });
      }, GATHER_FOR),
    );
  }

  function heard(service, notice) {
    for (const frame of frames()) {
      const wants = frame.dataset.liveSubject.split(" ").includes(notice.subject);
      const meant = !frame.dataset.liveId || frame.dataset.liveId === notice.id;
      if (frame.dataset.liveService === service && wants && meant) {
        if (paused) frame.dataset.liveLate = "1";
        else ask(frame.dataset.liveFragment);
      }
    }
  }

  function catchUp() {
    if (paused) return;
    for (const frame of frames().filter((one) => one.dataset.liveLate)) {
      delete frame.dataset.liveLate;
      ask(frame.dataset.liveFragment);
    }
  }

  function listen(service, attempt = 0) {
    const scheme = window.location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(`${scheme}://${window.location.host}/${service}/live`);
    sockets.set(service, socket);
    let opened = false;
    socket.addEventListener("open", () => {
      opened = true;
      /* Also the first time: something may have changed between the making of the page and this moment. */
      for (const frame of frames()) if (frame.dataset.liveService === service) ask(frame.dataset.liveFragment, attempt === 0);
      showSign();
    });
    socket.addEventListener("message", (event) => heard(service, JSON.parse(event.data)));
    socket.addEventListener("close", (event) => {
      showSign();
      if (event.code === 4401) return;
      const next = opened ? 1 : attempt + 1;
      setTimeout(() => listen(service, next), Math.min(LONGEST_WAIT, 500 * 2 ** next) * (0.75 + Math.random() / 2));
    });
  }

  function start() {
    for (const service of new Set(frames().map((one) => one.dataset.liveService))) listen(service);
    document.addEventListener("click", (event) => {
      if (!event.target.closest?.("[data-live-pause]")) return;
      paused = !paused;
      if (!paused) catchUp();
      showSign();
    });
    document.addEventListener("focusout", () => setTimeout(catchUp, 0));
    document.addEventListener("htmx:afterSettle", catchUp);
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
