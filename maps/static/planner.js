// Switches redraw the page in place: the service's own page and data for the new question.
(function () {
  "use strict";
  const { words, feed, tell } = window.zhitu;
  const SWAPPED = "[id^=swap-], #legend";
  const WAIT_MS = 60;
  let latest = null;
  let source = null;

  document.addEventListener("zhitu:map", (event) => {
    const piece = event.detail.frame.querySelector("[data-layer=sites]");
    // The piece's url follows the question; the feed keeps the name it was opened under.
    piece.dataset.feed = piece.dataset.url;
    source = feed(piece.dataset.url);
  });

  async function get(url, kind, signal) {
    const answer = await fetch(url, { headers: { Accept: kind }, signal });
    if (!answer.ok) throw new Error(url + ": " + answer.status);
    return answer;
  }

  async function ask(url) {
    const start = performance.now();
    if (latest) latest.abort();
    const turn = (latest = new AbortController());
    say(words("busy"));
    const data = url.pathname.replace(/\/?$/, "/coverage.json") + url.search;
    try {
      const [page, document_] = await Promise.all([
        get(url, "text/html", turn.signal).then((answer) => answer.text()),
        get(data, "application/json", turn.signal).then((answer) => answer.json()),
      ]);
      if (turn !== latest) return;
      const loaded = performance.now();
      history.replaceState(null, "", url);
      swap(new DOMParser().parseFromString(page, "text/html"));
      source.take(document_);
      document.dispatchEvent(new CustomEvent("zhitu:swapped"));
      performance.measure("zhitu-network", { start, end: loaded });
      performance.measure("zhitu-draw", { start: loaded, end: performance.now() });
      document.body.dataset.redrawn = Number(document.body.dataset.redrawn || 0) + 1;
      say(words("updated", { share: document.querySelector(".number-value").textContent }));
    } catch (error) {
      if (error.name !== "AbortError") say(words("failed"), true);
    }
  }

  const say = (text, fault) => tell(document.getElementById("told"), text, fault);

  function swap(page) {
    const focused = document.activeElement && document.activeElement.id;
    const open = document.getElementById("lorenz")?.open;
    const hidden = document.getElementById("swap-rank").hidden;
    const scroll = document.querySelector(".rank-body").scrollTop;
    for (const old of document.querySelectorAll(SWAPPED)) {
      const fresh = page.getElementById(old.id);
      if (fresh) old.replaceWith(document.adoptNode(fresh));
    }
    for (const piece of page.querySelectorAll("[data-layer]"))
      Object.assign(document.getElementById(piece.id).dataset, piece.dataset);
    document.getElementById("swap-rank").hidden = hidden;
    document.querySelector(".rank-body").scrollTop = scroll;
    if (open) document.getElementById("lorenz").open = true;
    if (focused && document.getElementById(focused)) document.getElementById(focused).focus();
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-ask]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    const url = new URL(link.href);
    for (const field of document.querySelectorAll("form.ask [name=radius], form.ask [data-for=radius]"))
      if (url.searchParams.has("radius")) field.value = url.searchParams.get("radius");
    ask(url);
  });

  // A form's own fields change the question; the rest of it stays as the address says.
  function submit(form) {
    if (!form.checkValidity()) return;
    const url = new URL(location.href);
    if (form.dataset.drop) url.searchParams.delete(form.dataset.drop);
    for (const field of form.querySelectorAll("[name]:not([type=hidden])")) {
      if (field.value) url.searchParams.set(field.name, field.value);
      else url.searchParams.delete(field.name);
    }
    ask(url);
  }

  for (const form of document.querySelectorAll("form.ask")) {
    let waiting = 0;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      submit(form);
    });
    form.addEventListener("input", ({ target }) => {
      if (target.dataset.for) form.elements[target.dataset.for].value = target.value;
      else form.querySelectorAll(`[data-for=${target.name}]`).forEach((twin) => (twin.value = target.value));
      clearTimeout(waiting);
      waiting = setTimeout(() => submit(form), WAIT_MS);
    });
  }
})();
