// Deciding by keys: the next addresses are loaded ahead, a decision is sent while the next is shown.
(function () {
  "use strict";
  const { send, words, tell } = window.zhitu;
  const AHEAD = 3;
  const STORED = "zhitu-review-keys";
  const part = document.getElementById("review-part");
  const list = document.getElementById("review-list");
  const status = document.getElementById("review-status");
  const undoButton = document.getElementById("review-undo");
  const keysOn = document.getElementById("review-keys-on");
  const help = document.getElementById("review-help");
  const decides = document.getElementById("review").dataset.decides === "1";
  const filters = new URLSearchParams(location.search);
  for (const once of ["said", "last", "address"]) filters.delete(once);
  const query = String(filters) && `?${filters}`;
  const base = location.pathname.replace(/[^/]+$/, "");
  const loaded = new Map();
  const going = new Set();
  const decided = [];
  let candidates = null;
  let turns = 0;

  const current = () => part.querySelector("article").dataset.ref;
  const entries = () => [...list.querySelectorAll("a[data-ref]")];
  const open = () => entries().filter((link) => link.dataset.state !== "done");
  const say = (text, fault) => tell(status, text, fault);

  function fetched(ref, more) {
    return fetch(base + ref + "/part" + (query || "?") + (more || ""), { headers: { Accept: "text/html" } }).then(async (answer) => {
      if (answer.redirected || !answer.ok) throw new Error(words("review_offline"));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      return page.querySelector("article");
    });
  }

  function get(ref) {
    if (!loaded.has(ref)) loaded.set(ref, fetched(ref).catch((error) => { loaded.delete(ref); throw error; }));
    return loaded.get(ref);
  }

  function neighbour(step) {
    const all = open();
    const at = entries().findIndex((link) => link.dataset.ref === current());
    const refs = entries().map((link) => link.dataset.ref);
    const order = step > 0 ? refs.slice(at + 1).concat(refs.slice(0, Math.max(at, 0))) : refs.slice(0, Math.max(at, 0)).reverse();
    const left = new Set(all.map((link) => link.dataset.ref));
    return order.find((ref) => left.has(ref) && ref !== current());
  }

  function ahead() {
    const refs = open().map((link) => link.dataset.ref);
    const at = refs.indexOf(current());
    refs.slice(at + 1, at + 1 + AHEAD).forEach((ref) => get(ref).catch(() => {}));
  }

  async function show(ref, keep) {
    const turn = ++turns;
    let article;
    try {
      article = await get(ref);
    } catch (error) {
      return turn === turns && say(error.message, true);
    }
    // Another was asked for meanwhile, and may be there already.
    if (turn !== turns) return;
    loaded.delete(ref);
    put(article);
    if (!keep) history.pushState(null, "", base + ref + query);
    document.getElementById("review-address").focus({ preventScroll: true });
    ahead();
  }

  function put(article) {
    part.replaceChildren(document.importNode(article, true));
    document.querySelector(".said")?.remove();
    wire();
  }

  function wire() {
    const article = part.querySelector("article");
    const ref = article.dataset.ref;
    for (const link of entries()) {
      if (link.dataset.ref === ref) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    entries().find((link) => link.dataset.ref === ref)?.scrollIntoView({ block: "nearest" });
    const move = part.querySelector("#way-move");
    move?.addEventListener("toggle", () => move.open && startPin());
    for (const name of ["lon", "lat", "datum"]) move?.querySelector(`[name=${name}]`).addEventListener("change", typed);
    document.getElementById("review-copy")?.addEventListener("click", copy);
    candidates?.draw(JSON.parse(article.dataset.drawing));
    for (const [id, step] of [["review-before", -1], ["review-after", 1]]) {
      const link = document.getElementById(id);
      const next = neighbour(step);
      if (link && next) link.href = base + next + query;
    }
  }

  const moveForm = () => part.querySelector("#way-move form");

  function startPin() {
    const form = moveForm();
    candidates?.drag(form.lon.value && form.lat.value ? [Number(form.lon.value), Number(form.lat.value)] : null);
  }

  // A typed position is drawn when it is in the map's own datum.
  function typed() {
    const form = moveForm();
    const pair = [Number(form.lon.value), Number(form.lat.value)];
    const same = form.datum.value === part.querySelector("article").dataset.datum;
    if (form.lon.value && form.lat.value && same && pair.every(Number.isFinite)) candidates?.drag(pair);
  }

  function pinMoved([lon, lat]) {
    const form = moveForm();
    form.lon.value = lon.toFixed(6);
    form.lat.value = lat.toFixed(6);
    form.datum.value = part.querySelector("article").dataset.datum;
  }

  function mark(ref, done) {
    const link = entries().find((each) => each.dataset.ref === ref);
    const left = document.getElementById("review-left");
    if (!link || (link.dataset.state === "done") === done) return;
    if (done) link.dataset.state = "done";
    else delete link.dataset.state;
    left.textContent = String(Number(left.textContent) + (done ? -1 : 1));
  }

  async function decide(form, submitter) {
    const ref = current();
    // A second key before the next address is shown is meant for that one.
    if (going.has(ref)) return;
    going.add(ref);
    const body = new URLSearchParams(new FormData(form, submitter));
    const next = neighbour(1);
    say(words("review_saving"));
    mark(ref, true);
    decided.push(ref);
    undoButton.hidden = false;
    const answer = send(form.action, body);
    if (next) show(next);
    try {
      const { said } = await answer;
      say(next ? said : said + " · " + words("review_end"));
      loaded.delete(ref);
      if (!next) await again(ref);
    } catch (error) {
      mark(ref, false);
      decided.splice(decided.lastIndexOf(ref), 1);
      say(words("review_failed", { why: error.message }), true);
      await again(ref);
    } finally {
      going.delete(ref);
    }
  }

  function again(ref) {
    loaded.delete(ref);
    return show(ref, ref === current());
  }

  async function undo() {
    const ref = decided.pop() || (part.querySelector('form[data-action="undo"]') ? current() : "");
    if (!ref) return say(words("review_nothing"));
    undoButton.hidden = !decided.length;
    try {
      const { said } = await send(base + ref + "/undo" + query, new URLSearchParams());
      mark(ref, false);
      say(said);
      await again(ref);
    } catch (error) {
      say(words("review_failed", { why: error.message }), true);
    }
  }

  async function ask(form) {
    try {
      const { link } = await send(form.action, new URLSearchParams(new FormData(form)));
      const box = document.getElementById("review-link");
      const field = document.getElementById("review-link-text");
      box.hidden = false;
      field.value = link;
      field.focus();
      field.select();
    } catch (error) {
      say(words("review_failed", { why: error.message }), true);
    }
  }

  async function copy() {
    const field = document.getElementById("review-link-text");
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      say(words("review_copied"));
    } catch {
      field.focus();
    }
  }

  // What the corrected address would find comes with the panel, and is drawn beside the candidates.
  async function look(form) {
    say(words("review_looking_up"));
    try {
      const turn = turns;
      const text = form.querySelector("[name=address]").value;
      const article = await fetched(current(), (query ? "&" : "") + "address=" + encodeURIComponent(text));
      if (turn !== turns) return;
      put(article);
      say("");
      const use = part.querySelector('form[data-action="correct"] button');
      (use || part.querySelector('form[data-action="look"] [name=address]')).focus();
    } catch (error) {
      say(error.message, true);
    }
  }

  part.addEventListener("submit", (event) => {
    const form = event.target;
    const does = { pick: decide, move: decide, correct: decide, not_a_place: decide, undo, ask, look }[form.dataset.action];
    if (!does) return;
    event.preventDefault();
    does(form, event.submitter);
  });

  list.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-ref]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show(link.dataset.ref);
  });
  undoButton.addEventListener("click", undo);
  window.addEventListener("popstate", () => show(location.pathname.split("/").pop(), true));

  function step(direction) {
    const next = neighbour(direction);
    if (next) show(next);
    else say(words("review_end"));
  }

  function pick(n) {
    const form = part.querySelector(`.cand[data-n="${n}"] form`);
    if (form) form.requestSubmit();
    else if (part.querySelector(`.cand[data-n="${n}"]`)) say(words("review_not_point", { n }), true);
  }

  function openWay(id, field) {
    const way = document.getElementById(id);
    if (!way) return;
    way.open = true;
    const input = way.querySelector(field);
    input.focus();
    input.select();
    way.scrollIntoView({ block: "nearest" });
  }

  const submit = (action) => part.querySelector(`form[data-action="${action}"]`)?.requestSubmit();
  const KEYS = {
    d: () => openWay("way-move", "[name=lon]"), e: () => openWay("way-correct", "[name=address]"),
    a: () => submit("ask"), x: () => submit("not_a_place"), u: () => decides && undo(),
    j: () => step(1), k: () => step(-1), "?": () => help.showModal(),
  };

  function typing(target) {
    return target.closest("input:not([type=checkbox]), select, textarea, [contenteditable]") !== null;
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && typing(event.target)) return document.getElementById("review-address").focus();
    if (!keysOn.checked || help.open || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat || typing(event.target)) return;
    const key = event.key.toLowerCase();
    const act = /^[1-9]$/.test(key) ? () => pick(Number(key)) : KEYS[key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  keysOn.checked = localStorage.getItem(STORED) !== "off";
  keysOn.addEventListener("change", () => {
    localStorage.setItem(STORED, keysOn.checked ? "on" : "off");
    say(words(keysOn.checked ? "review_keys_on" : "review_keys_off"));
  });

  document.addEventListener("zhitu:map", (event) => {
    candidates = event.detail.pieces.candidates;
    candidates.choose = (n) => part.querySelector(`.cand[data-n="${n}"]`)?.scrollIntoView({ block: "nearest" });
    candidates.moved = pinMoved;
    wire();
    ahead();
  });
  document.getElementById("review-keys").hidden = false;
})();
