// What the pages do in the browser: the theme, times, keys, notifications. No page works through here: without it everything can still be read and decided.
(() => {
  "use strict";
  const kept = name => { try { return localStorage.getItem(name); } catch { return null; } };
  const keep = (name, value) => { try { localStorage.setItem(name, value); } catch { /* Private windows keep nothing. */ } };
  const root = document.documentElement;
  const dark = () => (kept("theme") ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  root.dataset.theme = dark() ? "dark" : "light";
  root.dataset.zone = kept("zone") === "local" ? "local" : "utc";

  const two = number => String(number).padStart(2, "0");
  const utc = at => `${at.getUTCFullYear()}-${two(at.getUTCMonth() + 1)}-${two(at.getUTCDate())} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())} UTC`;
  const local = at => {
    const away = -at.getTimezoneOffset();
    const zone = `${away < 0 ? "-" : "+"}${two(Math.floor(Math.abs(away) / 60))}:${two(Math.abs(away) % 60)}`;
    return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())} ${zone}`;
  };
  const span = seconds => {
    const all = Math.max(0, Math.floor(seconds));
    const [days, hours, minutes] = [Math.floor(all / 86400), Math.floor(all / 3600) % 24, Math.floor(all / 60) % 60];
    return days > 0 ? `${days} d ${hours} h` : hours > 0 ? `${hours} h ${two(minutes)} min` : minutes > 0 ? `${minutes} min ${two(all % 60)} s` : `${all} s`;
  };
  const shown = new Set();
  class Shows extends HTMLElement {
    connectedCallback() {
      this.text ??= this.attachShadow({ mode: "open" }).appendChild(document.createElement("span"));
      shown.add(this);
      this.tell();
    }
    disconnectedCallback() { shown.delete(this); }
    attributeChangedCallback() { if (this.text) { this.tell(); } }
  }
  // A time as the reader wants it: in UTC or theirs. The other is in the title.
  customElements.define("time-at", class extends Shows {
    static observedAttributes = ["at"];
    tell() {
      const at = new Date(this.getAttribute("at"));
      if (!isNaN(at)) {
        const mine = root.dataset.zone === "local";
        this.text.textContent = mine ? local(at) : utc(at);
        this.title = mine ? utc(at) : local(at);
      }
    }
  });
  // The time left, or the time since.
  customElements.define("time-left", class extends Shows {
    static observedAttributes = ["until", "since"];
    tick() { this.tell(); }
    tell() {
      const [until, since] = [this.getAttribute("until"), this.getAttribute("since")];
      const left = (until ? new Date(until) - Date.now() : Date.now() - new Date(since)) / 1000;
      const text = until && left <= 0 ? "time is up" : until ? `${span(left)} left` : `${span(left)}`;
      if (this.text.textContent !== text) { this.text.textContent = text; }
      if (until) { this.classList.toggle("soon", left < 120); }
    }
  });
  setInterval(() => shown.forEach(one => one.tick?.()), 1000);

  // Keys. A letter moves the focus to what it is for; what acts is pressed then.
  const typing = target => target.closest?.("input, textarea, select, [contenteditable], .monaco-editor") !== null;
  const places = { o: "", i: "approvals", r: "runs", a: "alerts", p: "playbooks", c: "connectors" };
  let going = 0;
  const go = place => document.querySelector(`nav a[href="${place}"]`)?.click();
  const move = step => {
    const rows = [...document.querySelectorAll("[data-row]")];
    if (rows.length > 0) {
      const at = rows.findIndex(row => row === document.activeElement || row.contains(document.activeElement));
      rows[Math.min(rows.length - 1, Math.max(0, at < 0 ? 0 : at + step))].focus();
    }
  };
  addEventListener("keydown", pressed => {
    if (pressed.ctrlKey || pressed.metaKey || pressed.altKey || typing(pressed.target)) { return; }
    const key = pressed.key;
    if (Date.now() - going < 1500 && key in places) { going = 0; go(places[key]); }
    else if (key === "g") { going = Date.now(); return; }
    else if (key === "?") { document.getElementById("keys")?.showModal(); }
    else if (key === "j") { move(1); }
    else if (key === "k") { move(-1); }
    else if (key === "/") { document.querySelector("[data-key='/']")?.focus(); }
    else {
      const wanted = key.length === 1 ? document.querySelector(`[data-key="${CSS.escape(key)}"]:not([disabled])`) : null;
      if (!wanted) { return; }
      wanted.scrollIntoView({ block: "nearest" });
      wanted.focus();
    }
    going = 0;
    pressed.preventDefault();
  });

  // The invitation stands behind the address's #, which no server is told; the form takes it from there.
  addEventListener("DOMContentLoaded", () => {
    const token = document.getElementById("token");
    if (token && location.hash.length > 1) {
      sessionStorage.setItem("token", decodeURIComponent(location.hash.slice(1)));
      history.replaceState(null, "", location.pathname + location.search);
    }
    // After a password that was not taken the page comes back, and no address bears the invitation.
    if (token) { token.value = sessionStorage.getItem("token") ?? ""; } else { sessionStorage.removeItem("token"); }
  });
  document.addEventListener("click", event => {
    const opens = event.target.closest?.("[data-opens]");
    if (opens) { document.getElementById(opens.dataset.opens)?.showModal(); }
  });

  let waited = 0;
  window.responder = {
    isDark: dark,
    setDark(value) { keep("theme", value ? "dark" : "light"); root.dataset.theme = value ? "dark" : "light"; },
    isLocal: () => root.dataset.zone === "local",
    setLocal(value) { keep("zone", value ? "local" : "utc"); root.dataset.zone = value ? "local" : "utc"; shown.forEach(one => one.tell()); },
    copy: text => navigator.clipboard.writeText(text).then(() => true, () => false),
    // "default": it can be asked for. Elsewhere than over https or on this machine browsers have none.
    notifies: () => "Notification" in window && isSecureContext ? Notification.permission : "none",
    askNotify: async () => await Notification.requestPermission(),
    waits(count) {
      document.title = document.title.replace(/^\(\d+\) /, "");
      if (count > 0) { document.title = `(${count}) ${document.title}`; }
      if (count > waited && document.hidden && "Notification" in window && Notification.permission === "granted") {
        new Notification("Responder waits for a decision", { body: `${count} waiting. What it is about is on the page only.`, tag: "responder" });
      }
      waited = count;
    },
    // A click on a step of a picture.
    picture(element, page) {
      // A picture that is wider than its place begins where the playbook does.
      const first = element.querySelector("[data-place]")?.getBoundingClientRect();
      if (first) { element.scrollLeft += first.left + first.width / 2 - element.getBoundingClientRect().left - element.clientWidth / 2; }
      element.addEventListener("click", event => {
        const step = event.target.closest("[data-place]");
        if (step) { page.invokeMethodAsync("Picked", step.dataset.place, Number(step.dataset.line)); }
      });
    },
    showPlace(element, place) {
      element.querySelectorAll(".picked").forEach(one => one.classList.remove("picked"));
      const step = place ? element.querySelector(`[data-place="${CSS.escape(place)}"]`) : null;
      if (step) { step.classList.add("picked"); step.scrollIntoView({ block: "nearest", inline: "nearest" }); }
    },
    print: () => window.print(),
  };
})();
