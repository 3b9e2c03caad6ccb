// Everything here only saves a round trip or a surprise: each page works without it.
// Sentences come from the page (data attributes), never from here.
"use strict";
(() => {
  const all = (root, selector) => Array.from(root.querySelectorAll(selector));
  const passive = { headers: { "X-Passive": "1", Accept: "application/json" } };

  // A form is sent once: a second click within some seconds does nothing.
  function guardForm(form) {
    form.addEventListener("submit", (event) => {
      const now = Date.now();
      if (form.method === "dialog" || event.defaultPrevented) return;
      if (now - Number(form.dataset.sentAt || 0) < 4000) return event.preventDefault();
      form.dataset.sentAt = now;
      form.dataset.dirty = "";
      all(form, "button[type=submit]").forEach((b) => b.setAttribute("aria-disabled", "true"));
    });
    form.addEventListener("input", () => { form.dataset.dirty = "1"; });
  }

  function freeForms(root) {
    all(root, "form").forEach((form) => { delete form.dataset.sentAt; });
    all(root, "button[aria-disabled]").forEach((b) => b.removeAttribute("aria-disabled"));
  }

  function showPassword(button) {
    const input = document.getElementById(button.dataset.shows);
    const show = button.textContent;
    button.hidden = false;
    button.setAttribute("aria-controls", input.id);
    button.addEventListener("click", () => {
      const hidden = input.type === "password";
      input.type = hidden ? "text" : "password";
      button.textContent = hidden ? button.dataset.hide : show;
    });
    // A shown password must not stay in the browser's list of typed words.
    if (input.form) input.form.addEventListener("submit", () => { input.type = "password"; });
  }

  function copyButton(button) {
    if (!navigator.clipboard) return;
    const word = button.textContent;
    button.hidden = false;
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.textContent = button.dataset.copied;
      setTimeout(() => { button.textContent = word; }, 3000);
    });
  }

  // Answers are saved while they are typed; the page says when, in the server's words.
  function autosave(form) {
    const line = form.querySelector("[data-saved]");
    let timer = 0, wait = 2000, changed = false;
    const fields = () => {
      const kept = new URLSearchParams();
      new FormData(form).forEach((value, name) => {
        if (typeof value === "string" && !/password|secret|^(code|otp)$/.test(name)) kept.append(name, value);
      });
      return kept;
    };
    const say = (text) => { if (line) line.textContent = text || ""; };
    const save = async () => {
      changed = false;
      say(line && line.dataset.saving);
      try {
        const headers = { "X-Scripted": "1", Accept: "application/json" };
        const answer = await fetch(form.dataset.autosave, { method: "POST", headers, body: fields() });
        if (!answer.ok) throw answer.status;
        say((await answer.json()).saved);
        form.dataset.dirty = "";
        wait = 2000;
      } catch {
        changed = true;
        say(line && line.dataset.failed);
        wait = Math.min(wait * 2, 60000);
        timer = setTimeout(save, wait);
      }
    };
    form.addEventListener("input", () => {
      changed = true;
      clearTimeout(timer);
      timer = setTimeout(save, wait);
    });
    form.addEventListener("submit", () => { changed = false; clearTimeout(timer); });
    window.addEventListener("pagehide", () => {
      if (changed) navigator.sendBeacon(form.dataset.autosave, fields());
    });
  }

  // Uploads show how far they are, and can be left by going back.
  function upload(form) {
    const bar = form.querySelector("progress");
    const line = form.querySelector("[data-progress]");
    form.addEventListener("submit", (event) => {
      if (event.defaultPrevented) return;
      event.preventDefault();
      const request = new XMLHttpRequest();
      const say = (text) => { if (line) { line.hidden = false; line.textContent = text; } };
      request.upload.onprogress = (at) => {
        if (!at.lengthComputable) return;
        const percent = Math.round(100 * at.loaded / at.total);
        if (bar) { bar.hidden = false; bar.max = 100; bar.value = percent; }
        say(line.dataset.progress + " " + percent + "%");
      };
      request.onload = () => {
        const next = request.getResponseHeader("X-Location");
        if (next) return location.assign(next);
        if (bar) bar.hidden = true;
        if (line) line.hidden = true;
        showMain(request.responseText);
      };
      request.onerror = () => { freeForms(document); say(line.dataset.broken); };
      request.open("POST", form.action);
      request.setRequestHeader("X-Scripted", "1");
      request.send(new FormData(form));
    });
  }

  // Puts the inside of another page into this one, as if it had been loaded.
  function showMain(html) {
    const page = new DOMParser().parseFromString(html, "text/html");
    const fresh = page.getElementById("main");
    if (!fresh) return location.reload();
    document.title = page.title;
    document.getElementById("main").replaceWith(document.adoptNode(fresh));
    wire(fresh);
    (fresh.querySelector(".error-summary") || fresh).focus();
  }

  // Parts of a page that follow what happens elsewhere. Looking on is no activity of the person.
  function live(part) {
    let due = false;
    const refresh = async () => {
      if (document.hidden) { due = true; return; }
      due = false;
      const answer = await fetch(location.href, { headers: { "X-Passive": "1" } });
      if (!answer.ok || answer.redirected) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById(part.id);
      if (!fresh || part.contains(document.activeElement)) return;
      part.replaceChildren(...Array.from(fresh.childNodes, (node) => document.adoptNode(node)));
      wire(part);
    };
    let news = null;
    const listen = () => {
      news = new EventSource(part.dataset.live);
      news.onmessage = refresh;
    };
    listen();
    // A browser keeps a page that was left for the way back, and has six lines to a server: kept
    // pages must hold none of them, or the next page waits.
    addEventListener("pagehide", () => news.close());
    addEventListener("pageshow", (event) => { if (event.persisted) { listen(); refresh(); } });
    document.addEventListener("visibilitychange", () => { if (due) refresh(); });
  }

  // Says in time that the session is about to end, and lets the person stay.
  function timeout(dialog) {
    const left = dialog.querySelector("[data-left]");
    const form = dialog.querySelector("form");
    let endsAt = Date.now() + 1000 * Number(dialog.dataset.ends);
    const ask = async (url, options) => {
      const answer = await fetch(url, options);
      if (!answer.ok) throw answer.status;
      endsAt = Date.now() + 1000 * (await answer.json()).ends;
    };
    const look = async () => {
      let seconds = (endsAt - Date.now()) / 1000;
      // Another tab may have been busy meanwhile: the server knows.
      if (seconds < 300 && !dialog.open) {
        await ask("/phien", passive).catch(() => {});
        seconds = (endsAt - Date.now()) / 1000;
      }
      const minutes = Math.floor(seconds / 60);
      left.textContent = minutes < 1 ? left.dataset.soon : minutes + " " + left.dataset.minutes;
      if (seconds >= 300) { if (dialog.open) dialog.close(); return; }
      if (seconds > 0) { if (!dialog.open) dialog.showModal(); return; }
      dialog.close();
      clearInterval(timer);
      // Nobody's screen shows private things for ever; but what was typed is not thrown away.
      if (!document.querySelector("form[data-dirty='1']")) location.reload();
    };
    const timer = setInterval(look, 20000);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const headers = { Accept: "application/json" };
      const body = new URLSearchParams(new FormData(form));
      try { await ask(form.action, { method: "POST", headers, body }); dialog.close(); }
      catch { location.reload(); }
      freeForms(dialog);
    });
  }

  // "?" lists the shortcuts of this page; they can be turned off for good.
  function keys(dialog) {
    const list = dialog.querySelector("[data-keys]");
    const off = dialog.querySelector("[data-keys-off]");
    const marked = () => all(document, "[data-key]");
    off.checked = localStorage.getItem("keys") === "off";
    off.addEventListener("change", () => localStorage.setItem("keys", off.checked ? "off" : "on"));
    const open = () => {
      list.replaceChildren(...marked().flatMap((element) => {
        const term = document.createElement("dt"), key = document.createElement("kbd");
        const words = document.createElement("dd");
        key.textContent = element.dataset.key;
        term.append(key);
        words.textContent = element.dataset.keyName || element.textContent.trim();
        return [term, words];
      }));
      dialog.showModal();
    };
    all(document, "[data-keys-open]").forEach((button) => {
      button.hidden = false;
      button.addEventListener("click", open);
    });
    document.addEventListener("keydown", (event) => {
      const typing = event.target.closest("input, select, textarea, [contenteditable]");
      if (typing || event.ctrlKey || event.metaKey || event.altKey || dialog.open) return;
      if (off.checked) return;
      if (event.key === "?") { event.preventDefault(); return open(); }
      const element = marked().find((one) => one.dataset.key === event.key);
      if (!element) return;
      event.preventDefault();
      if (element.matches("input, select, textarea")) element.focus(); else element.click();
    });
  }

  function wire(root) {
    all(root, "form").forEach((form) => {
      if (form.dataset.upload !== undefined) upload(form);
      guardForm(form);
      if (form.dataset.autosave) autosave(form);
    });
    all(root, "button[data-shows]").forEach(showPassword);
    all(root, "button[data-copy]").forEach(copyButton);
    all(root, "button[data-print]").forEach((button) => {
      button.hidden = false;
      button.addEventListener("click", () => window.print());
    });
    all(root, "[data-live]").forEach(live);
    // A link of the error summary leads into its field, not only to it.
    all(root, ".error-summary a").forEach((link) => link.addEventListener("click", (event) => {
      const field = document.getElementById(link.hash.slice(1));
      if (!field) return;
      event.preventDefault();
      (field.closest(".field") || field).scrollIntoView();
      field.focus({ preventScroll: true });
    }));
  }

  wire(document);
  const warning = document.getElementById("timeout");
  if (warning && warning.showModal) timeout(warning);
  const shortcuts = document.getElementById("keys");
  if (shortcuts && shortcuts.showModal) keys(shortcuts);
  window.addEventListener("pageshow", () => freeForms(document));
})();
