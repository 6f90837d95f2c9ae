// What areas are filled with: districts or towns by their class, hexagons by uncovered workers.
(function () {
  "use strict";
  const { chinese, el, words, district, loadOnce, feed, percent, layers, draw } = window.zhitu;
  const SIZES = [[12, "town"], [10.5, "district"], [0, "city"]];
  const HEX_NUMBER_PX = 30;
  const count = (number) => Math.round(number).toLocaleString();

  // Twins of panes, for the data as they are at the left of the slider.
  function pane(made, name, before) {
    const wanted = name + (before ? "-before" : "");
    if (!made.map.getPane(wanted)) {
      const twin = made.map.createPane(wanted);
      twin.style.zIndex = Number(made.map.getPane(name).style.zIndex) + 1;
    }
    return wanted;
  }
  // Only the main map has the slider.
  const sides = (made, data) => (data.before && !made.inset ? [[data, false], [data.before, true]] : [[data, false]]);

  layers.shares = (made, options) => {
    const source = feed(options.url);
    const drawn = new Map();
    const layer = { zoomTo() {} };
    let held = null;

    // One set of shapes a kind of area and side, made when first asked for.
    function shapes(kind, outlines, before) {
      const name = kind + before;
      if (!drawn.has(name)) {
        const group = draw.areas(outlines, kind, pane(made, "fills", before), true);
        group.eachLayer((shape) => shape.on("click", () => {
          if (shape.filled) showArea(made, shape.feature.properties.name, shape.row, options.theme);
        }));
        drawn.set(name, group);
      }
      return drawn.get(name);
    }

    function paint(group, rows, kind) {
      group.addTo(made.map);
      group.eachLayer((shape) => {
        const row = rows && rows.get(shape.feature.properties.key || shape.feature.properties.code);
        shape.row = row;
        shape.filled = Boolean(rows);
        const style = rows ? "share-" + ((row && row[options.theme === "lunch" ? "meal_class" : "class"]) || "none")
          : options.area === "hex" ? "is-ground" : "is-line";
        shape.getElement().setAttribute("class", "leaflet-interactive " + kind + " " + style);
      });
    }

    async function redraw(data) {
      held = data;
      const districts = await loadOnce(options.outline);
      const towns = options.area === "town" && options.towns ? await loadOnce(options.towns) : { features: [] };
      if (held !== data) return;
      drawn.forEach((group) => group.remove());
      for (const [side, before] of sides(made, data)) {
        const byKey = (rows) => new Map(rows.map((row) => [row.key, row]));
        const filled = options.area === "district" || (options.area === "town" && !towns.features.length);
        if (towns.features.length) paint(shapes("town", towns, before), byKey(side.towns), "town");
        paint(shapes("district", districts, before), filled ? byKey(side.districts) : null, "district");
      }
    }

    loadOnce(options.outline).then((outlines) => {
      draw.names(made, outlines.features.filter((item) => item.geometry.type === "Point"));
      source.follow(redraw);
      layer.zoomTo = (key) => drawn.forEach((group) => group.eachLayer((shape) => {
        const { key: own, code } = shape.feature.properties;
        if (key === (own || code)) made.map.fitBounds(shape.getBounds(), made.inside());
      }));
    }, () => {});
    return layer;
  };

  function showArea(made, name, row, theme) {
    const known = row && row.share !== null;
    const health = [
      draw.line(known ? words("district_share", { share: percent(row.share) }) : words("district_none"), "panel-number"),
      draw.line(known ? words("uncovered", { count: count(row.uncovered) }) : ""),
    ];
    const meals = row && row.unmet !== null ? [
      draw.line(words("unmet", { share: percent(row.unmet) }), theme === "lunch" ? "panel-number" : ""),
      draw.line(words("meals", { count: Math.round(row.meals) })),
    ] : [];
    draw.panel(made, draw.named({ name: district(name) }), row && row.within ? draw.line(district(row.within)) : null,
      ...(theme === "lunch" ? [...meals, ...health] : [...health, ...meals]));
  }

  function short(workers) {
    if (!chinese) return workers < 10000 ? count(workers) : Math.round(workers / 1000) + "k";
    return workers < 10000 ? count(workers) : (workers / 10000).toFixed(1) + "万";
  }

  layers.hexes = (made, options) => {
    const group = L.layerGroup().addTo(made.map);
    const source = feed(options.url);

    function cell(each, before) {
      const ring = each.ring.map(draw.at);
      const shape = L.polygon(ring, { pane: pane(made, "hexes", before), className: "hex share-" + each.class, weight: 1 });
      shape.on("click", () => showHex(made, each));
      group.addLayer(shape);
      const box = shape.getBounds();
      const wide = made.map.latLngToLayerPoint(box.getNorthEast()).x - made.map.latLngToLayerPoint(box.getSouthWest()).x;
      if (wide < HEX_NUMBER_PX) return;
      const number = el("span", { className: "hex-number hex-number-" + each.class, text: each.workers ? short(each.workers) : "?" });
      group.addLayer(draw.pinned(box.getCenter(), number, 0, pane(made, "hexes", before)));
    }

    function redraw() {
      group.clearLayers();
      if (options.area !== "hex" || !source.data) return;
      const [, size] = SIZES.find(([zoom]) => made.map.getZoom() >= zoom);
      for (const [side, before] of sides(made, source.data)) side.hexes[size].forEach((each) => cell(each, before));
    }
    source.follow(redraw);
    made.map.on("zoomend", redraw);
    return { redraw };
  };

  function showHex(made, each) {
    draw.panel(made, draw.named({ name: words("hex", { count: Math.round(each.workers) }) }),
      draw.line(words("hex_sites", { count: each.sites })),
      draw.line(each.uncounted ? words("hex_uncounted", { count: each.uncounted }) : ""));
  }

  window.zhitu.sides = sides;
  window.zhitu.twin = pane;
})();
