// Builds a Leaflet map from each .zhitu-map element and the pieces beside it.
(function () {
  "use strict";
  const { words, layers, maps, settleNames } = window.zhitu;

  const SHEET_PX = 36; // what the sheet's round top covers of the map, and a little air

  // Squares of paper where no tiles are: gives a sense of pan and zoom.
  const Grid = L.GridLayer.extend({
    createTile() {
      return L.DomUtil.create("div", "grid-tile");
    },
  });

  const Scale = L.Control.Scale.extend({
    _updateMetric(maxMetres) {
      const metres = this._getRoundNum(maxMetres);
      this._mScale.style.width = Math.round(this.options.maxWidth * (metres / maxMetres)) + "px";
      this._mScale.textContent =
        metres < 1000 ? words("scale_m", { value: metres }) : words("scale_km", { value: metres / 1000 });
    },
  });

  const controls = {
    zoom: (corner) => L.control.zoom({ position: corner, zoomInTitle: words("zoom_in"), zoomOutTitle: words("zoom_out") }),
    scale: (corner) => new Scale({ position: corner, imperial: false, maxWidth: 90 }),
  };

  function tiles(map, element) {
    const urls = element.dataset.tiles.split(" ").filter(Boolean);
    element.classList.toggle("has-tiles", urls.length > 0);
    if (!urls.length) new Grid({ tileSize: 128, className: "grid" }).addTo(map);
    for (const url of urls) {
      const layer = L.tileLayer(url, {
        subdomains: element.dataset.subdomains || "abc", maxZoom: Number(element.dataset.maxZoom),
      });
      layer.once("tileerror", () => element.dispatchEvent(new CustomEvent("zhitu:tiles-failed", { bubbles: true })));
      layer.addTo(map);
    }
  }

  function bounds(text) {
    const [west, south, east, north] = text.split(",").map(Number);
    return L.latLngBounds([south, west], [north, east]);
  }

  // Height at the top of a map that lies under the floating search.
  function covered(element) {
    const head = document.querySelector(".find");
    if (!head || getComputedStyle(head).position !== "absolute") return 0;
    // As it is on the screen, where large text is higher than its own pixels say.
    return Math.min(head.getBoundingClientRect().height, element.clientHeight / 2);
  }

  function still() {
    return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  }

  // Panes keep fills under supply, supply under demand, the reader's own dot over all.
  function panes(map) {
    const order = { fills: 350, hexes: 360, names: 450, supply: 610, demand: 620, own: 680 };
    for (const [name, z] of Object.entries(order)) map.createPane(name).style.zIndex = z;
    map.getPane("names").style.pointerEvents = "none";
  }

  function build(element) {
    const frame = element.parentElement;
    const map = L.map(element, {
      attributionControl: false, zoomControl: false, zoomSnap: 0.5, minZoom: Number(element.dataset.minZoom),
      maxZoom: Number(element.dataset.maxZoom), inertia: !still(),
      zoomAnimation: !still(), fadeAnimation: !still(), markerZoomAnimation: !still(),
    });
    const home = bounds(element.dataset.bounds);
    // Room for panels at the sides, where the map is wide enough to have them.
    const [left, right] = element.clientWidth > 700 ? element.dataset.sides.split(",").map(Number) : [0, 0];
    const under = () => (covered(element) ? SHEET_PX : 0);
    const inside = (maxZoom) => ({ paddingTopLeft: [left, covered(element)], paddingBottomRight: [right, under()], maxZoom });
    const centre = () => {
      const size = map.getSize();
      return map.containerPointToLatLng([size.x / 2, (covered(element) + size.y - under()) / 2]);
    };
    const made = { map, element, frame, home, pieces: {}, inside, centre };
    let touched = false;
    const fit = () => {
      map.fitBounds(made.home, { animate: false, ...inside() });
      made.homeZoom = map.getZoom();
      touched = false;
    };
    fit();
    panes(map);
    settleNames(map, frame);
    tiles(map, element);
    for (const piece of frame.querySelectorAll("[data-control]"))
      controls[piece.dataset.control](piece.dataset.corner).addTo(map);
    for (const piece of frame.querySelectorAll("[data-layer]"))
      made.pieces[piece.id] = layers[piece.dataset.layer](made, piece.dataset);
    map.on("dragstart zoomstart", () => (touched = true));
    const sized = () => element.clientWidth + "x" + element.clientHeight;
    let size = sized();
    new ResizeObserver(() => {
      // It tells the first size too, for which everything has been asked already.
      if (sized() === size) return;
      size = sized();
      map.invalidateSize({ animate: false });
      if (!touched) fit();
    }).observe(element);
    return made;
  }

  window.zhitu.panes = panes;
  document.addEventListener("DOMContentLoaded", () => {
    for (const element of document.querySelectorAll(".zhitu-map")) {
      const made = build(element);
      maps.push(made);
      element.dispatchEvent(new CustomEvent("zhitu:map", { bubbles: true, detail: made }));
    }
  });
})();
