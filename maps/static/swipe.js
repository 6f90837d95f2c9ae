// The slider over the map: panes of the data as they are at its left, of the scenario at its right.
(function () {
  "use strict";
  const { words, feed, layers } = window.zhitu;
  const PANES = ["fills", "hexes", "demand"];

  layers.swipe = (made, options) => {
    const holder = document.getElementById(options.holder);
    const slider = holder.querySelector("input");
    const { map } = made;
    const handle = document.createElement("i");
    handle.className = "swipe-line";
    holder.before(handle);
    const source = feed(options.url);

    // Panes move with the map, so that what they may show is given in their own pixels.
    function clip(name, left, right) {
      const shown = map.getPane(name);
      if (!shown) return;
      const size = map.getSize();
      const [a, b] = [map.containerPointToLayerPoint([left, 0]), map.containerPointToLayerPoint([right, size.y])];
      shown.style.clipPath = `polygon(${a.x}px ${a.y}px, ${b.x}px ${a.y}px, ${b.x}px ${b.y}px, ${a.x}px ${b.y}px)`;
    }

    function move() {
      const width = map.getSize().x;
      const at = (width * slider.value) / 100;
      slider.setAttribute("aria-valuetext", words("swipe_value", { percent: slider.value }));
      handle.style.left = at + "px";
      for (const name of PANES) {
        clip(name, at, width);
        clip(name + "-before", 0, at);
      }
    }

    function show() {
      const on = Boolean(source.data && source.data.before);
      holder.hidden = handle.hidden = !on;
      if (on) return move();
      for (const name of PANES) map.getPane(name).style.clipPath = "";
    }
    source.follow(show);
    slider.addEventListener("input", move);
    map.on("move zoomend resize", () => holder.hidden || move());
    return {};
  };
})();
