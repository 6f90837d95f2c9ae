// The one 导航 button: a chooser of map apps that remembers the last choice.
(function () {
  "use strict";
  const { el, load, words, distance, minutes, walk, root } = window.zhitu;
  const chooser = document.getElementById("chooser");
  const LAST = "zhitu-app";
  const HERE = "zhitu-here";
  let taps = 0;

  function stored(store, key) {
    try {
      return store.getItem(key);
    } catch {
      return null; // storage may be closed to a framed page
    }
  }

  function keep(store, key, value) {
    try {
      store.setItem(key, value);
    } catch {
      // nothing is lost but the memory of it
    }
  }

  function fill(place) {
    const routes = new Map(place.routes.map((route) => [route.app, route.url]));
    const last = stored(localStorage, LAST);
    chooser.querySelector(".chooser-name").textContent = place.name;
    for (const link of chooser.querySelectorAll("[data-app]")) {
      link.href = routes.get(link.dataset.app);
      const note = link.querySelector("em");
      note.hidden = link.dataset.app !== last;
      note.textContent = words("last_used");
      if (link.dataset.app === last) link.closest("ul").prepend(link.closest("li"));
    }
    const hint = chooser.querySelector(".chooser-hint");
    hint.hidden = !/MicroMessenger/i.test(navigator.userAgent);
    hint.textContent = words("wechat");
  }

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-go]");
    if (!button || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const turn = ++taps;
    try {
      const place = await load(root + "/places/" + button.dataset.go + ".json");
      if (turn !== taps || chooser.open) return;
      fill(place);
      chooser.showModal();
    } catch {
      if (turn === taps) plain(button);
    }
  });

  // Without an answer or a dialog there are the plain links of the place's page. A link of an
  // embedded map opens beside it, as its page's base says: no frame may show that page.
  function plain(button) {
    if (button.href) return el("a", { href: button.href }).click();
    const links = document.getElementById("go");
    links.hidden = false;
    links.scrollIntoView();
    return links.querySelector("a").focus();
  }

  chooser.addEventListener("click", (event) => {
    const link = event.target.closest("[data-app]");
    if (link) keep(localStorage, LAST, link.dataset.app);
    if (link || event.target === chooser || event.target.closest("[data-close]")) chooser.close();
  });

  // On a place's own page: distance from where the reader was found, kept in this tab only.
  async function distanceOnButton(button) {
    button.hidden = false;
    document.getElementById("go").hidden = true; // the four plain links serve pages without scripts
    const here = JSON.parse(stored(sessionStorage, HERE) || "null");
    if (!here) return;
    const place = await load(root + "/places/" + button.dataset.go + ".json");
    const metres = walk(here, place.at);
    button.querySelector(".go-words").textContent =
      words("go_with", { distance: distance(metres), minutes: minutes(metres) });
  }

  const wide = document.querySelector(".go-wide");
  if (wide) distanceOnButton(wide).catch(() => {});
  window.zhitu.keepHere = (pair) => keep(sessionStorage, HERE, JSON.stringify(pair));
})();
