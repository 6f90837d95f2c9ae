// The crowded middle of the city, enlarged in a corner while the whole city is in view.
(function () {
  "use strict";
  const { layers, panes, settleNames, feed } = window.zhitu;
  const SHARED = ["shares", "hexes", "points", "sites"];

  layers.inset = (made, options) => {
    const [west, south, east, north] = options.bounds.split(",").map(Number);
    const box = L.latLngBounds([south, west], [north, east]);
    const holder = document.getElementById(options.holder);
    const square = L.rectangle(box, { className: "inset-box", interactive: false, pane: "overlayPane" });
    const wide = window.matchMedia("(min-width: 641px)");
    const source = feed(options.url);
    // Beside a slider the middle stays on the map itself, where before and after can be seen.
    const active = () => wide.matches && made.map.getZoom() <= made.homeZoom + 1 && !(source.data && source.data.before);
    made.hides = (where) => active() && box.contains(where);

    const map = L.map(holder.querySelector(".inset-map"), {
      attributionControl: false, zoomControl: false, dragging: false, scrollWheelZoom: false, doubleClickZoom: false,
      touchZoom: false, boxZoom: false, keyboard: false, zoomSnap: 0.1,
    });
    const fit = () => {
      map.invalidateSize({ animate: false });
      map.fitBounds(box, { animate: false });
    };
    fit();
    panes(map);
    settleNames(map, map.getContainer());
    new ResizeObserver(fit).observe(holder);
    const small = { map, frame: made.frame, element: holder, pieces: {}, chosen: null, inset: true };
    for (const piece of made.frame.querySelectorAll("[data-layer]"))
      if (SHARED.includes(piece.dataset.layer)) layers[piece.dataset.layer](small, piece.dataset);

    const show = () => {
      holder.hidden = !active();
      if (active()) square.addTo(made.map);
      else square.remove();
    };
    made.map.on("zoomend", show);
    source.follow(show);
    wide.addEventListener("change", show);
    show();
    return {};
  };
})();
