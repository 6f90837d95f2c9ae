// One script line in somebody's page becomes a frame with our map, as high as what it shows.
// Version 1: what it reads and makes is promised in docs/embedding.md and never changes.
(function () {
  "use strict";
  const script = document.currentScript;
  const LOWEST_PX = 200;
  const HIGHEST_PX = 4000;
  const ours = new URL(script.src);
  const { title, height, ...asked } = script.dataset;

  const query = new URLSearchParams({ v: "1" });
  for (const [name, value] of Object.entries(asked)) if (value) query.set(name, value);
  query.set("fit", "1");

  // Attributes only: the page around may forbid inline styles.
  const frame = document.createElement("iframe");
  const attributes = {
    src: ours.origin + ours.pathname.replace(/\/embed(\/v1)?\.js$/, "/embed") + "?" + query,
    title: title || "职工服务站地图",
    width: "100%", height: String(clamped(Number(height) || 480)), frameborder: "0",
    loading: "lazy", allow: "geolocation",
    sandbox: "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox",
  };
  for (const [name, value] of Object.entries(attributes)) frame.setAttribute(name, value);
  put();

  // A line at the very top of a page ends up in its head, where nothing is shown.
  function put() {
    if (!document.head.contains(script)) script.after(frame);
    else if (document.body) document.body.prepend(frame);
    else document.addEventListener("DOMContentLoaded", put);
  }

  function clamped(pixels) {
    return Math.min(HIGHEST_PX, Math.max(LOWEST_PX, Math.round(pixels)));
  }

  window.addEventListener("message", ({ source, origin, data }) => {
    if (source !== frame.contentWindow || origin !== ours.origin) return;
    if (!data || data.zhitu !== "height" || !Number.isFinite(data.height)) return;
    frame.setAttribute("height", String(clamped(data.height)));
  });
})();
