// One builder a layer class of maps/layers.py: (the built map, the piece's data-*) -> what pages drive.
(function () {
  "use strict";
  const { el, icon, badges, mark, site, words, load, loadOnce, percent, layers, root } = window.zhitu;
  const CELL_PX = 56;
  const SINGLES = 120;
  const NAME_PX = 17;
  const STATION_ZOOM = 12.5;

  const at = (pair) => L.latLng(pair[1], pair[0]);

  function pinned(where, element, size, pane) {
    const half = size / 2;
    return L.marker(where, {
      pane, keyboard: false, icon: L.divIcon({ html: element, className: "pinned", iconSize: [size, size], iconAnchor: [half, half] }),
    });
  }

  function pointMark(point, size) {
    const box = el("span", { className: "marker" + (size > 24 ? " is-large" : "") }, mark(point.kinds[0], point.state));
    if (!point.hours) box.append(el("b", { className: "doubt", text: "?" }));
    return box;
  }

  function circleMark(count) {
    const size = count < 10 ? 30 : count < 100 ? 36 : 44;
    return [el("span", { className: "cluster", text: count }), size];
  }

  function putPoint(made, group, point) {
    const large = made.chosen === point.id;
    const marker = pinned(at(point.at), pointMark(point, large ? 30 : 24), large ? 36 : 28, "supply");
    marker.on("click", () => showPoint(made, point));
    group.addLayer(marker);
  }

  function putCircle(made, group, circle) {
    const [element, size] = circleMark(circle.count);
    const marker = pinned(at(circle.at), element, size, "supply");
    marker.on("click", () => made.map.setView(at(circle.at), made.map.getZoom() + 2));
    group.addLayer(marker);
  }

  // The panel is the map's own: no Leaflet popup, so that names stay text.
  function panel(made, ...parts) {
    made.frame.querySelector(".map-panel")?.remove();
    const close = el("button", { className: "panel-close", type: "button", "aria-label": words("close") }, icon("close"));
    const shown = el("aside", { className: "map-panel" }, close, ...parts);
    close.addEventListener("click", () => shown.remove());
    made.frame.append(shown);
  }

  const line = (text, className) => (text ? el("p", { text, className: className || "" }) : null);
  const named = (item) => el("h2", { text: item.name }, ...badges(item));

  // A planner's map also draws points that are not public yet; those have no page.
  const hasPage = (point) => document.body.dataset.offline === undefined &&
    (point.status === "plaqued" || !document.body.classList.contains("planner"));

  function showPoint(made, point) {
    const kinds = el("p", { className: "panel-kinds" });
    for (const kind of point.kinds) kinds.append(mark(kind), " " + words("kind_" + kind) + " ");
    const open = hasPage(point)
      ? el("a", { className: "button", href: root + "/p/" + point.id + window.zhitu.langQuery(), text: words("open_place") }) : null;
    if (open && document.body.classList.contains("embed")) open.target = "_blank";
    panel(made, named(point), kinds, line(point.hours || words("hours_unknown")), open);
  }

  window.zhitu.langQuery = () => (document.body.dataset.lang === "en" ? "?lang=en" : "");
  window.zhitu.showPoint = showPoint;

  layers.outline = (made, options) => {
    load(options.url).then((data) => outline(made, data, "outline"), () => {});
    return {};
  };

  function outline(made, data, className) {
    const shapes = L.geoJSON(data, {
      pane: "fills", interactive: className !== "outline", filter: (feature) => feature.geometry.type !== "Point",
      style: () => ({ className, weight: 1 }),
    }).addTo(made.map);
    names(made, data.features.filter((item) => item.geometry.type === "Point"));
    return shapes;
  }

  // A name is shown once its district has room for it.
  function names(made, features) {
    const all = features.map(({ properties: { name, label } }) => {
      const text = el("span", { className: "place-name", text: name });
      pinned(at(label), text, 0, "names").addTo(made.map);
      return { text, room: label[2] };
    });
    const fit = () => {
      const degree = (256 * 2 ** made.map.getZoom()) / 360;
      for (const { text, room } of all) text.hidden = room * degree < NAME_PX;
    };
    made.map.on("zoomend", fit);
    fit();
  }

  layers.stations = (made, options) => {
    const group = L.layerGroup().addTo(made.map);
    const draw = (stations) => {
      group.clearLayers();
      if (made.map.getZoom() < STATION_ZOOM) return;
      const view = made.map.getBounds();
      for (const station of stations.filter((item) => view.contains(at(item.at))))
        pinned(at(station.at), el("span", { className: "metro", text: station.name }), 0, "names").addTo(group);
    };
    load(options.url).then(({ stations }) => {
      made.map.on("moveend", () => draw(stations));
      draw(stations);
    }, () => {});
    return {};
  };

  layers.clusters = (made, options) => {
    const group = L.layerGroup().addTo(made.map);
    let latest = 0;
    const layer = { query: () => new URLSearchParams(), fixed: null, refresh, draw,
      choose(id) { made.chosen = id; } };
    function draw(data) {
      group.clearLayers();
      data.circles.forEach((circle) => putCircle(made, group, circle));
      data.points.forEach((point) => putPoint(made, group, point));
    }
    async function refresh() {
      if (layer.fixed) return draw({ circles: [], points: layer.fixed });
      const turn = ++latest;
      const view = made.map.getBounds();
      const query = layer.query();
      query.set("bbox", [view.getWest(), view.getSouth(), view.getEast(), view.getNorth()].map((x) => x.toFixed(5)).join(","));
      query.set("z", Math.round(made.map.getZoom()));
      try {
        const data = await load(options.url + "?" + query);
        if (turn === latest) draw(data);
      } catch {
        made.element.dispatchEvent(new CustomEvent("zhitu:failed", { bubbles: true }));
      }
    }
    made.map.on("moveend", refresh);
    queueMicrotask(refresh);
    return layer;
  };

  const hidden = (made, item) => Boolean(made.hides && made.hides(at(item.at)));

  // Many points in one document: only those in view are drawn, crowded cells as one circle.
  function gather(made, points) {
    const { map } = made;
    const view = map.getBounds().pad(0.1);
    const seen = points.filter((point) => view.contains(at(point.at)) && !hidden(made, point));
    if (seen.length <= SINGLES) return { points: seen, circles: [] };
    const cells = new Map();
    for (const point of seen) {
      const spot = map.project(at(point.at));
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

  // The checkboxes of a legend; `key` is the data-* name they carry their style under.
  function switches(made, key, change) {
    for (const box of made.frame.querySelectorAll(".legend input"))
      if (box.dataset[key]) box.addEventListener("change", () => change(box.dataset[key], box.checked));
  }

  layers.points = (made, options) => {
    const group = L.layerGroup().addTo(made.map);
    const shown = new Set(options.shown.split(" ").filter(Boolean));
    let points = [];
    function draw() {
      group.clearLayers();
      const wanted = points.filter((point) => point.kinds.some((kind) => shown.has(kind)));
      const first = (point) => ({ ...point, kinds: [...point.kinds].sort((a, b) => shown.has(b) - shown.has(a)) });
      const data = gather(made, wanted);
      data.circles.forEach((circle) => putCircle(made, group, circle));
      data.points.forEach((point) => putPoint(made, group, first(point)));
    }
    loadOnce(options.url).then((data) => { points = data.points; draw(); }, () => {});
    made.map.on("moveend", draw);
    switches(made, "kindSwitch", (name, on) => {
      if (on) shown.add(name);
      else shown.delete(name);
      draw();
    });
    return { draw };
  };

  layers.shares = (made, options) => {
    const layer = { zoomTo() {} };
    Promise.all([loadOnce(options.url), loadOnce(options.outline)]).then(([data, outlines]) => {
      const rows = new Map(data.districts.map((district) => [district.code, district]));
      const shapes = outline(made, outlines, "district");
      shapes.eachLayer((shape) => {
        const { code, name } = shape.feature.properties;
        const row = rows.get(code);
        shape.getElement().classList.add("share-" + (row ? row.class : "none"));
        shape.on("click", () => showDistrict(made, name, row));
      });
      layer.zoomTo = (code) => shapes.eachLayer((shape) => {
        if (shape.feature.properties.code === code) made.map.fitBounds(shape.getBounds(), made.inside());
      });
    }, () => {});
    return layer;
  };

  function showDistrict(made, name, row) {
    const known = row && row.share !== null;
    panel(made, named({ name }),
      line(known ? words("district_share", { share: percent(row.share) }) : words("district_none"), "panel-number"),
      line(known ? words("uncovered", { count: Math.round(row.uncovered_workers).toLocaleString() }) : ""));
  }

  const LOUDNESS = ["covered", "lunch-0", "lunch-x", "unknown", "lunch-1", "gap", "lunch-2", "p1", "lunch-3"];

  layers.sites = (made, options) => {
    const style = (item) => (options.theme === "lunch" ? item.lunch_mark : item.mark);
    const layer = { zoomTo() {} };
    const off = new Set();
    loadOnce(options.url).then((data) => {
      const loudLast = [...data.sites].sort((a, b) => LOUDNESS.indexOf(style(a)) - LOUDNESS.indexOf(style(b)));
      const markers = loudLast.map((item) => {
        const marker = pinned(at(item.at), site(style(item)), 26, "demand");
        marker.setZIndexOffset(LOUDNESS.indexOf(style(item)) * 1000);
        return { item, marker: marker.on("click", () => showSite(made, item)) };
      });
      const draw = () => {
        for (const { item, marker } of markers) off.has(style(item)) || hidden(made, item) ? marker.remove() : marker.addTo(made.map);
      };
      made.map.on("zoomend", draw);
      switches(made, "siteSwitch", (name, on) => {
        if (on) off.delete(name);
        else off.add(name);
        draw();
      });
      draw();
      layer.zoomTo = (id) => {
        const found = data.sites.find((item) => String(item.id) === id);
        if (!found) return;
        made.map.setView(at(found.at), 14);
        showSite(made, found);
      };
    }, () => {});
    return layer;
  };

  function showSite(made, item) {
    const near = item.nearest_m === null || item.nearest_m === undefined ? ""
      : words("nearest_point", { name: item.nearest_name, metres: Math.round(item.nearest_m).toLocaleString() });
    panel(made, named({ name: item.name, sample: item.sample }),
      line(item.workers === null ? words("workers_unknown") : words("workers", { count: item.workers.toLocaleString() }), "panel-number"),
      line(item.reason), line(near),
      line(item.lunch.level ? words("lunch", { level: item.lunch.level }) : words("lunch_none")),
      line(item.lunch.doubts.join("；")));
  }

  layers.pin = (made, options) => {
    load(options.url).then((place) => {
      if (!place.at) return;
      if (place.error_m) {
        const radius = place.error_m;
        const circle = L.circle(at(place.at), { radius, className: "error-circle", pane: "fills", interactive: false }).addTo(made.map);
        const edge = L.latLng(circle.getBounds().getNorth(), place.at[0]);
        pinned(edge, el("span", { className: "circle-label", text: words("circle", { metres: Math.round(radius) }) }), 0, "names").addTo(made.map);
        made.home = circle.getBounds().pad(0.25);
        made.map.fitBounds(made.home, { animate: false });
      }
      pinned(at(place.at), pointMark(place, 38), 38, "supply").addTo(made.map).getElement().classList.add("is-own");
    }, () => {});
    return {};
  };

  layers.here = (made) => ({
    show(pair, accuracy) {
      if (this.group) this.group.remove();
      this.group = L.layerGroup([
        L.circle(at(pair), { radius: accuracy, className: "here-circle", pane: "own", interactive: false }),
        pinned(at(pair), el("span", { className: "here" }), 20, "own"),
      ]).addTo(made.map);
    },
  });
})();
