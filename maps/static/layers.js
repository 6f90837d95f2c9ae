// One builder a layer class of maps/layers.py: (the built map, the piece's data-*) -> what pages drive.
(function () {
  "use strict";
  const { el, icon, badges, mark, words, district, load, layers, root } = window.zhitu;
  const NAME_PX = 17;
  const STATION_ZOOM = 12.5;

  // Landmarks wait until the places one came for have been asked.
  const later = (ask) => (window.requestIdleCallback ? requestIdleCallback(ask, { timeout: 1500 }) : setTimeout(ask, 200));

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
      ? el("a", { className: "button", href: root + "/p/" + point.id + window.zhitu.pageQuery(), text: words("open_place") }) : null;
    if (open && document.body.classList.contains("embed")) open.target = "_blank";
    const hours = line(point.hours || words("hours_unknown"));
    panel(made, named(point), kinds, hours, open);
    if (open && window.zhitu.markOpening)
      load(root + "/places/" + point.id + ".json").then((place) => window.zhitu.markOpening(hours, place), () => {});
  }

  const hidden = (made, item) => Boolean(made.hides && made.hides(at(item.at)));

  // The checkboxes of a legend, whenever it was put there; `key` is the data-* name of their style.
  function switches(made, key, change) {
    made.frame.addEventListener("change", ({ target }) => {
      if (target.dataset[key]) change(target.dataset[key], target.checked);
    });
  }

  window.zhitu.draw = { at, pinned, putPoint, putCircle, panel, line, named, areas, names, hidden, switches };
  window.zhitu.showPoint = showPoint;

  layers.outline = (made, options) => {
    later(() => load(options.url).then((data) => outline(made, data, "outline"), () => {}));
    return {};
  };

  function outline(made, data, className) {
    const shapes = areas(data, className, "fills", className !== "outline").addTo(made.map);
    names(made, data.features.filter((item) => item.geometry.type === "Point"));
    return shapes;
  }

  function areas(data, className, pane, interactive) {
    return L.geoJSON(data, {
      pane, interactive, filter: (feature) => feature.geometry.type !== "Point",
      style: () => ({ className, weight: 1 }),
    });
  }

  // A name is shown once its district has room for it.
  function names(made, features) {
    const all = features.map(({ properties: { name, label } }) => {
      const text = el("span", { className: "place-name", text: district(name) });
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
    later(() => load(options.url).then(({ stations }) => {
      made.map.on("moveend", () => draw(stations));
      draw(stations);
    }, () => {}));
    return {};
  };

  layers.clusters = (made, options) => {
    const group = L.layerGroup().addTo(made.map);
    let latest = 0;
    const layer = { query: () => new URLSearchParams(), fixed: null, refresh, draw, sent: () => null,
      choose(id) { made.chosen = id; } };
    const tell = (what) => made.element.dispatchEvent(new CustomEvent("zhitu:" + what, { bubbles: true }));
    function draw(data) {
      group.clearLayers();
      data.circles.forEach((circle) => putCircle(made, group, circle));
      data.points.forEach((point) => putPoint(made, group, point));
    }
    async function refresh() {
      if (layer.fixed) return draw({ circles: [], points: layer.fixed });
      // A frame that is hidden for now has no view to ask for; showing it moves the map.
      if (!made.map.getSize().x) return undefined;
      const turn = ++latest;
      const view = made.map.getBounds();
      const sent = layer.sent(view, Math.round(made.map.getZoom()));
      if (sent) return draw(sent);
      const query = layer.query();
      query.set("bbox", [view.getWest(), view.getSouth(), view.getEast(), view.getNorth()].map((x) => x.toFixed(5)).join(","));
      query.set("z", Math.round(made.map.getZoom()));
      try {
        const data = await load(options.url + "?" + query);
        if (turn !== latest) return undefined;
        draw(data);
        return tell("drawn");
      } catch {
        return turn === latest && tell("failed");
      }
    }
    made.map.on("moveend", refresh);
    queueMicrotask(refresh);
    return layer;
  };

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
