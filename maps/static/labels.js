// Names step aside for marks and panels: below or above their spot, or left out where all is taken.
(function () {
  "use strict";
  const MARKS = ".marker, .cluster, .pinned .site, .here, .circle-label, .leaflet-control";
  const PANELS = ".credit, .legend, .inset:not([hidden]), .map-panel, .locate-float";
  const NAMES = ".metro, .place-name";
  const STEPS = [0, 22, -22];

  const moved = (box, dy) => ({ left: box.left, right: box.right, top: box.top + dy, bottom: box.bottom + dy });
  const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  const within = (a, b) => a.left >= b.left && a.right <= b.right && a.top >= b.top && a.bottom <= b.bottom;
  const boxes = (place, what) => [...place.querySelectorAll(what)].map((each) => each.getBoundingClientRect());

  function settle(map, frame) {
    const container = map.getContainer();
    const names = [...container.querySelectorAll(NAMES)].filter((name) => !name.hidden);
    for (const name of names) name.style.translate = "none";
    const view = container.getBoundingClientRect();
    const taken = [...boxes(container, MARKS), ...boxes(frame, PANELS)];
    const places = names.map((name) => {
      const box = name.getBoundingClientRect();
      const free = STEPS.map((step) => moved(box, step)).find((at) => within(at, view) && !taken.some((other) => meet(at, other)));
      if (free) taken.push(free);
      return free && free.top - box.top;
    });
    names.forEach((name, i) => {
      name.classList.toggle("is-crowded", places[i] === undefined);
      name.style.translate = `0 ${places[i] || 0}px`;
    });
  }

  // Whatever draws on the map adds elements to it, so no layer has to know of this.
  window.zhitu.settleNames = (map, frame) => {
    let waiting = 0;
    const soon = () => {
      cancelAnimationFrame(waiting);
      waiting = requestAnimationFrame(() => settle(map, frame));
    };
    new MutationObserver(soon).observe(map.getPane("mapPane"), { childList: true, subtree: true });
    map.on("moveend zoomend resize", soon);
    soon();
  };
})();
