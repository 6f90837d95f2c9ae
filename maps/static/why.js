// The why sheet of a site: the service's own page of it, opened beside the map and drawn on it.
(function () {
  "use strict";
  const { el, icon, words, feed, draw, root, tell } = window.zhitu;
  const holder = document.getElementById("why");
  let map = null;
  let lines = null;
  let asked = 0;
  let from = null;

  document.addEventListener("zhitu:map", (event) => (map = event.detail));
  document.addEventListener("zhitu:why", (event) => open(event.detail));
  document.addEventListener("zhitu:swapped", () => {
    const shown = holder.querySelector(".why-sheet");
    if (shown) open(shown.dataset.site, true);
  });
  holder.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });

  async function open(id, again) {
    const turn = ++asked;
    if (!again) from = document.activeElement;
    let text;
    try {
      const answer = await fetch(root + "/planner/why/" + id + location.search, { headers: { Accept: "text/html" } });
      if (!answer.ok) throw new Error(String(answer.status));
      text = await answer.text();
    } catch {
      if (turn === asked) say(words("failed"), true);
      return;
    }
    // Closed meanwhile, or another was asked for.
    if (turn !== asked) return;
    const page = new DOMParser().parseFromString(text, "text/html");
    const sheet = document.adoptNode(page.getElementById("why-sheet"));
    const back = el("button", { type: "button", className: "why-close", "aria-label": words("close") }, icon("close"));
    back.addEventListener("click", close);
    holder.replaceChildren(back, sheet);
    holder.hidden = false;
    document.getElementById("swap-rank").hidden = true;
    say("");
    show(sheet);
    if (again) return;
    holder.focus({ preventScroll: true });
    holder.scrollIntoView({ block: "nearest" });
  }

  const say = (text, fault) => tell(document.getElementById("told"), text, fault);

  function close() {
    asked += 1;
    holder.hidden = true;
    holder.replaceChildren();
    document.getElementById("swap-rank").hidden = false;
    if (lines) lines.remove();
    lines = null;
    if (from && from.isConnected) from.focus();
  }

  // The reach as a circle is decoration: walks decide, not circles.
  function show(sheet) {
    const found = map.pieces.sites.find(sheet.dataset.site);
    if (lines) lines.remove();
    lines = L.layerGroup().addTo(map.map);
    if (!found) return;
    const here = draw.at(found.at);
    L.circle(here, { radius: Number(sheet.dataset.radius), className: "reach-circle", pane: "fills", interactive: false }).addTo(lines);
    const data = feed(map.frame.querySelector("[data-layer=sites]").dataset.feed).data;
    const places = new Map(data.points.map((point) => [String(point.id), point]));
    for (const item of sheet.querySelectorAll("[data-place]")) {
      const point = places.get(item.dataset.place);
      if (point) L.polyline([here, draw.at(point.at)], { className: "why-line " + item.className, pane: "fills", interactive: false }).addTo(lines);
    }
  }
})();
