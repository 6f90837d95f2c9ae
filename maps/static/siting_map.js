// The two maps of a siting answer: districts by share, sites, and on the right one the picks.
(function () {
  "use strict";
  const { el, site, words, district, loadOnce, layers } = window.zhitu;
  const at = (pair) => L.latLng(pair[1], pair[0]);
  const drawn = [];

  function pinned(where, element, size, options) {
    const icon = L.divIcon({ html: element, className: "pinned", iconSize: [size, size], iconAnchor: [size / 2, size / 2] });
    return L.marker(where, { keyboard: false, icon, ...options });
  }

  layers.siting = (made, options) => {
    const after = options.side === "after";
    const sites = L.layerGroup().addTo(made.map);
    const picks = L.layerGroup().addTo(made.map);
    let shapes = null;
    let latest = null;

    function fill() {
      if (!shapes || !latest) return;
      const rows = new Map(latest.districts.map((row) => [row.code, row]));
      shapes.eachLayer((shape) => {
        const row = rows.get(shape.feature.properties.code);
        const element = shape.getElement();
        element.setAttribute("class", "leaflet-interactive district share-" + (row ? row[options.side] : "none"));
        const share = row ? row.shares[after ? 1 : 0] : "—";
        const title = document.createElementNS(element.namespaceURI, "title");
        title.textContent = district(shape.feature.properties.name) + " " + share;
        element.replaceChildren(title);
      });
    }

    function draw(data) {
      latest = data;
      fill();
      sites.clearLayers();
      for (const item of data.sites) {
        const style = after ? item.after : item.mark;
        pinned(at(item.at), site(style), 18, { pane: "demand", interactive: false }).addTo(sites);
      }
      picks.clearLayers();
      if (after) for (const pick of data.picks) putPick(pick);
    }

    function putPick(pick) {
      const mark = el("span", { className: "pick" + (pick.guaranteed ? " is-forced" : ""), text: pick.number, title: pick.movable ? words("siting_drag", { name: pick.name }) : pick.name });
      const marker = pinned(at(pick.at), mark, 26, { pane: "own", draggable: pick.movable, zIndexOffset: 1000 - pick.number });
      marker.on("click", () => document.dispatchEvent(new CustomEvent("zhitu:pick", { detail: pick.key })));
      marker.on("dragend", () => {
        const to = marker.getLatLng();
        document.dispatchEvent(new CustomEvent("zhitu:moved", { detail: { key: pick.key, lon: to.lng, lat: to.lat } }));
      });
      marker.addTo(picks);
      if (pick.movable) marker.getElement().classList.add("is-movable");
    }

    loadOnce(options.outline).then((outlines) => {
      shapes = L.geoJSON(outlines, { pane: "fills", filter: (one) => one.geometry.type !== "Point", style: () => ({ className: "district", weight: 1 }) }).addTo(made.map);
      fill();
    }, () => {});
    loadOnce(options.url).then((data) => draw(data.map), () => {});
    const layer = { draw, zoomTo: (key) => {
      const pick = latest && latest.picks.find((one) => one.key === key);
      if (pick) made.map.setView(at(pick.at), 13);
    } };
    drawn.push(layer);
    return layer;
  };

  window.zhitu.sitingMaps = drawn;
})();
