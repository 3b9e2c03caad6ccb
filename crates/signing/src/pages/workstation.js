// Asks the agent on this machine to sign. What it answers only decides what is shown: whether the
// file is signed, the server says on the next page. Sentences come from the page, never from here.
"use strict";
(() => {
  const box = document.querySelector("[data-agent]");
  if (!box) return;
  let ended = false, opened = false;

  const show = (name) => {
    box.querySelectorAll("[data-when]").forEach((part) => { part.hidden = part.dataset.when !== name; });
  };
  const end = (name, said) => {
    if (ended) return;
    ended = true;
    box.querySelectorAll("[data-said]").forEach((line) => { line.textContent = said || ""; });
    show(name);
  };
  const hear = (text) => {
    let answer;
    try { answer = JSON.parse(text); } catch { answer = null; }
    const status = answer ? Number(answer.Status) : NaN;
    if (status !== 0) {
      const said = [Number.isNaN(status) ? "" : String(status), answer ? answer.Message : ""];
      return end("refused", said.filter(Boolean).join(": "));
    }
    end("done");
    location.assign(box.dataset.next);
  };

  show("asking");
  let agent;
  try { agent = new WebSocket(box.dataset.agent); } catch { return end("missing"); }
  setTimeout(() => { end("late"); agent.close(); }, 1000 * Number(box.dataset.seconds));
  agent.addEventListener("open", () => { opened = true; agent.send(box.dataset.message); });
  agent.addEventListener("message", (event) => { hear(event.data); agent.close(); });
  const broken = () => end(opened ? "late" : "missing");
  agent.addEventListener("error", broken);
  agent.addEventListener("close", broken);
})();
