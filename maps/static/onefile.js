// Districts or towns: the one-file map's own switch, for its map and its ranking.
(function () {
  "use strict";
  const { feed } = window.zhitu;
  const buttons = [...document.querySelectorAll(".segments [data-by]")];

  function show(map, by) {
    for (const each of buttons) {
      each.setAttribute("aria-pressed", String(each.dataset.by === by));
      each.classList.toggle("is-on", each.dataset.by === by);
      document.getElementById("by-" + each.dataset.by).hidden = each.dataset.by !== by;
      if (each.dataset.by === by) map.frame.querySelector(".legend-shares h2").textContent = each.dataset.legend;
    }
    for (const piece of map.frame.querySelectorAll("[data-layer=shares]")) {
      piece.dataset.area = by;
      const source = feed(piece.dataset.url);
      if (source.data) source.take(source.data);
    }
  }

  document.addEventListener("zhitu:map", (event) => {
    for (const each of buttons) each.addEventListener("click", () => show(event.detail, each.dataset.by));
    if (buttons.length) show(event.detail, "district");
  });
})();
