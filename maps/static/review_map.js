// The map of one address in doubt, or of two records: numbered shapes, error circles, the district.
(function () {
  "use strict";
  const { el, words, loadOnce, layers } = window.zhitu;
  const FAR_M = 3000; // a road's or district's circle is wider than anything worth looking at
  const ROOM_PX = 150; // a shorter way has no room for its length between two marks

  const at = (pair) => L.latLng(pair[1], pair[0]);

  function shape(mark) {
    const text = mark.n ? String(mark.n) : "?";
    return el("span", { className: "shape shape-" + mark.shape }, el("b", { text }));
  }

  function pinned(where, element, size, pane) {
    return L.marker(where, {
      pane, keyboard: false,
      icon: L.divIcon({ html: element, className: "pinned", iconSize: [size, size], iconAnchor: [size / 2, size / 2] }),
    });
  }

  layers.candidates = (made, options) => {
    const group = L.layerGroup().addTo(made.map);
    const declared = L.layerGroup().addTo(made.map);
    const layer = { draw, drag, choose: () => {}, moved: () => {} };
    const lengths = L.layerGroup().addTo(made.map);
    let pin = null;
    let marks = [];

    function draw(drawing) {
      group.clearLayers();
      drop();
      marks = drawing.marks;
      district(drawing.district);
      for (const mark of marks) circle(mark);
      for (const [from, to] of ways())
        L.polyline([at(from.at), at(to.at)], { className: "cand-way", pane: "hexes", interactive: false }).addTo(group);
      // The first is the most trusted and stands on top of the rest.
      for (const mark of [...marks].reverse()) {
        const shown = pinned(at(mark.at), shape(mark), 30, mark.is_point ? "demand" : "supply").addTo(group);
        if (mark.n) shown.on("click", () => layer.choose(mark.n));
      }
      fit(drawing);
      measure();
    }

    function ways() {
      const [first, ...others] = marks.filter((mark) => mark.is_point);
      return others.map((mark) => [first, mark]);
    }

    function circle(mark) {
      if (!mark.is_point || mark.error_m > FAR_M) return;
      L.circle(at(mark.at), { radius: mark.error_m, className: "cand-circle circle-" + mark.shape, pane: "hexes", interactive: false }).addTo(group);
    }

    function measure() {
      lengths.clearLayers();
      for (const [from, to] of ways()) {
        const ends = [at(from.at), at(to.at)];
        const [a, b] = ends.map((end) => made.map.latLngToContainerPoint(end));
        if (!to.apart || a.distanceTo(b) < ROOM_PX) continue;
        const text = el("span", { className: "way-label", text: to.apart });
        pinned(L.latLngBounds(ends).getCenter(), text, 0, "names").addTo(lengths);
      }
    }

    function district(name) {
      declared.clearLayers();
      if (!name || !options.url) return;
      loadOnce(options.url).then((data) => {
        declared.clearLayers();
        L.geoJSON(data, {
          pane: "hexes", interactive: false, style: () => ({ className: "declared" }),
          filter: (feature) => feature.properties.name === name && feature.geometry.type !== "Point",
        }).addTo(declared);
      }, () => {});
    }

    function fit(drawing) {
      const points = drawing.marks.filter((mark) => mark.is_point);
      const boxes = (points.length ? points : drawing.marks).map((mark) =>
        at(mark.at).toBounds(2.6 * Math.min(Math.max(mark.error_m, 150), FAR_M)));
      // Of an area only the middle counts, and only when it does not push the doors together.
      for (const mark of drawing.marks)
        if (points.length && !mark.is_point && at(mark.at).distanceTo(at(points[0].at)) < FAR_M) boxes.push(at(mark.at).toBounds(100));
      if (drawing.own) boxes.push(at(drawing.own).toBounds(400));
      if (!boxes.length) return wide(drawing.district);
      made.home = boxes.reduce((all, box) => all.extend(box), L.latLngBounds(boxes[0].getSouthWest(), boxes[0].getNorthEast()));
      made.map.fitBounds(made.home, { animate: false, maxZoom: 17 });
    }

    // Nothing was found: the declared district is all there is to look at.
    function wide(name) {
      loadOnce(options.url).then((data) => {
        const found = data.features.find((item) => item.properties.name === name && item.geometry.type !== "Point");
        if (!found) return;
        made.home = L.geoJSON(found).getBounds();
        made.map.fitBounds(made.home, { animate: false });
      }, () => {});
    }

    function drag(pair) {
      const first = marks.find((mark) => mark.is_point);
      const where = pair ? at(pair) : first ? at(first.at) : made.map.getCenter();
      if (!pin) {
        pin = L.marker(where, {
          pane: "own", draggable: true, autoPan: true, title: words("review_pin"),
          icon: L.divIcon({ html: el("span", { className: "drop" }), className: "pinned", iconSize: [44, 52], iconAnchor: [22, 46] }),
        }).addTo(made.map);
        pin.on("dragend", () => tell());
      }
      pin.setLatLng(where);
      if (pair) made.map.panInside(where, { padding: [40, 60] });
    }

    function drop() {
      if (pin) pin.remove();
      pin = null;
    }

    function tell() {
      const where = pin.getLatLng();
      layer.moved([where.lng, where.lat]);
    }

    made.map.on("zoomend", measure);
    made.map.on("click", (event) => {
      if (!pin) return;
      pin.setLatLng(event.latlng);
      tell();
    });
    return layer;
  };

  // A page without keys of its own draws what it carries.
  document.addEventListener("zhitu:map", (event) => {
    const still = document.querySelector("[data-pair]");
    if (still && event.detail.pieces.candidates) event.detail.pieces.candidates.draw(JSON.parse(still.dataset.pair));
  });
})();
