// Service points by kind, and the parks, buildings and malls they are for.
(function () {
  "use strict";
  const { chinese, el, site, words, feed, layers, draw, sides, twin } = window.zhitu;
  const CELL_PX = 56;
  const SINGLES = 120;
  const LOUDNESS = ["covered", "box-neither", "box-no_data", "hours", "unknown", "box-declared_only", "gap", "box-computed_only", "p1", "box-both"];
  // Until towns are told apart hexagons speak for the sites in them.
  const CLOSE_ZOOM = 12;
  const inHexes = (made, options) => options.area === "hex" && made.map.getZoom() < CLOSE_ZOOM;
  const offline = document.body.dataset.offline !== undefined;

  // Many points in one document: only those in view are drawn, crowded cells as one circle.
  function gather(made, points) {
    const { map } = made;
    const view = map.getBounds().pad(0.1);
    const seen = points.filter((point) => view.contains(draw.at(point.at)) && !draw.hidden(made, point));
    if (seen.length <= SINGLES) return { points: seen, circles: [] };
    const cells = new Map();
    for (const point of seen) {
      const spot = map.project(draw.at(point.at));
      const key = Math.floor(spot.x / CELL_PX) + ":" + Math.floor(spot.y / CELL_PX);
      cells.set(key, [...(cells.get(key) || []), point]);
    }
    const mean = (list, axis) => list.reduce((sum, point) => sum + point.at[axis], 0) / list.length;
    const all = [...cells.values()];
    return {
      points: all.filter((list) => list.length === 1).flat(),
      circles: all.filter((list) => list.length > 1).map((list) => ({ at: [mean(list, 0), mean(list, 1)], count: list.length })),
    };
  }

  layers.points = (made, options) => {
    const group = L.layerGroup().addTo(made.map);
    const shown = new Set(options.shown.split(" ").filter(Boolean));
    const source = feed(options.url);
    function redraw() {
      group.clearLayers();
      if (inHexes(made, options)) return;
      const wanted = (source.data ? source.data.points : []).filter((point) => point.kinds.some((kind) => shown.has(kind)));
      const first = (point) => ({ ...point, kinds: [...point.kinds].sort((a, b) => shown.has(b) - shown.has(a)) });
      const data = gather(made, wanted);
      data.circles.forEach((circle) => draw.putCircle(made, group, circle));
      data.points.forEach((point) => draw.putPoint(made, group, first(point)));
    }
    source.follow(redraw);
    made.map.on("moveend", redraw);
    draw.switches(made, "kindSwitch", (name, on) => {
      if (on) shown.add(name);
      else shown.delete(name);
      redraw();
    });
    return { redraw };
  };

  layers.sites = (made, options) => {
    const style = (item) => (options.theme === "lunch" ? item.box : item.mark);
    const source = feed(options.url);
    const group = L.layerGroup().addTo(made.map);
    const off = new Set();

    function put(item, before) {
      const marker = draw.pinned(draw.at(item.at), site(style(item)), 26, twin(made, "demand", before));
      marker.setZIndexOffset(LOUDNESS.indexOf(style(item)) * 1000);
      marker.on("click", () => showSite(made, item, options.theme));
      group.addLayer(marker);
    }

    function redraw() {
      group.clearLayers();
      if (!source.data || inHexes(made, options)) return;
      for (const [side, before] of sides(made, source.data))
        for (const item of side.sites) if (!off.has(style(item)) && !draw.hidden(made, item)) put(item, before);
    }
    source.follow(redraw);
    made.map.on("zoomend", redraw);
    draw.switches(made, "siteSwitch", (name, on) => {
      if (on) off.delete(name);
      else off.add(name);
      redraw();
    });
    return {
      redraw,
      find: (id) => source.data && source.data.sites.find((item) => String(item.id) === String(id)),
      zoomTo(id) {
        const found = this.find(id);
        if (!found) return;
        made.map.setView(draw.at(found.at), 14);
        if (offline) showSite(made, found, options.theme);
      },
    };
  };

  function showSite(made, item, theme) {
    const near = item.nearest_m === null || item.nearest_m === undefined ? ""
      : words("nearest_point", { name: item.nearest_name, metres: Math.round(item.nearest_m).toLocaleString() });
    const lunch = [
      draw.line(item.level ? words("lunch", { level: item.level }) : words("lunch_none")),
      draw.line(words(item.box.replace("-", "_"))), draw.line(item.doubts.join("；")),
    ];
    const health = [draw.line(chinese ? item.reason.zh : item.reason.en), draw.line(near)];
    const ask = offline ? null : el("button", { className: "button", type: "button", text: words("why") });
    if (ask) ask.addEventListener("click", () => document.dispatchEvent(new CustomEvent("zhitu:why", { detail: item.id })));
    draw.panel(made, draw.named({ name: item.name, sample: item.sample }),
      draw.line(item.workers === null ? words("workers_unknown") : words("workers", { count: item.workers }), "panel-number"),
      ...(theme === "lunch" ? [...lunch, ...health] : [...health, ...lunch]), ask);
  }
})();
