// The page of a one-time link: find the reader, let him move the pin, and fill in the form.
(function () {
  "use strict";
  const { el, words, layers } = window.zhitu;
  const CLOSE_M = 50; // what is taken without a second look; the service checks the same
  const form = document.getElementById("pin-form");
  const status = document.getElementById("pin-status");
  const sure = document.getElementById("pin-sure");
  const send = document.getElementById("pin-send");
  const numbers = (text) => text.split(",").map(Number);

  function say(key, metres) {
    status.textContent = words(key, { metres });
  }

  // Precise and untouched needs no box to tick; all else does.
  function fill({ lng, lat }, accuracy, dragged) {
    form.lon.value = lng.toFixed(6);
    form.lat.value = lat.toFixed(6);
    form.accuracy.value = accuracy === null ? "" : String(Math.ceil(accuracy));
    form.dragged.value = dragged ? "1" : "";
    const plain = !dragged && accuracy !== null && accuracy <= CLOSE_M;
    sure.hidden = plain;
    form.sure.required = !plain;
    form.sure.checked = false;
    send.disabled = false;
  }

  layers.drag = (made, options) => {
    const shift = numbers(options.shift);
    // What was sent and refused stands in the form.
    const start = form.lon.value ? [form.lon.value, form.lat.value].map(Number) : options.at ? numbers(options.at) : null;
    const pin = L.marker(start ? [start[1], start[0]] : made.map.getCenter(), {
      pane: "own", draggable: true, keyboard: true, alt: words("pin_marker"), autoPan: true,
      icon: L.divIcon({ html: el("span", { className: "drop" }), className: "pinned", iconSize: [44, 52], iconAnchor: [22, 46] }),
    });
    if (start) pin.addTo(made.map);
    if (form.lon.value) made.map.panTo(pin.getLatLng(), { animate: false });
    let accuracy = null;
    let moves = 0;

    // A position that comes late leaves a pin alone that was moved meanwhile.
    function unmoved(then) {
      const before = moves;
      return (answer) => moves === before && then(answer);
    }

    function moved(where) {
      moves += 1;
      pin.setLatLng(where).addTo(made.map);
      fill(where, accuracy, true);
      say("pin_dragged");
    }

    function found({ coords }) {
      const where = L.latLng(coords.latitude + shift[1], coords.longitude + shift[0]);
      accuracy = coords.accuracy;
      const metres = Math.ceil(accuracy);
      pin.setLatLng(where).addTo(made.map);
      made.pieces.here.show([where.lng, where.lat], accuracy);
      made.map.fitBounds(where.toBounds(Math.max(200, accuracy * 4)), { animate: false });
      fill(where, accuracy, false);
      say(accuracy <= CLOSE_M ? "pin_found" : "pin_rough", metres);
    }

    pin.on("dragstart", () => (moves += 1));
    pin.on("dragend", () => moved(pin.getLatLng()));
    made.map.on("click", (event) => moved(event.latlng));
    return { found, unmoved };
  };

  document.addEventListener("zhitu:map", (event) => {
    const { drag } = event.detail.pieces;
    send.disabled = !form.lon.value;
    document.getElementById("pin-locate").addEventListener("click", () => {
      if (!window.isSecureContext) return say("insecure");
      if (!navigator.geolocation) return say("pin_none");
      say("pin_looking");
      navigator.geolocation.getCurrentPosition(drag.unmoved(drag.found), drag.unmoved(() => say("pin_none")), {
        enableHighAccuracy: true, timeout: 15000, maximumAge: 0,
      });
    });
  });
})();
