// The map beside the table of points, choosing rows, and hours read while they are typed.
(function () {
  "use strict";
  const { el, mark, words, load, layers, draw } = window.zhitu;
  const WAIT_MS = 300;

  if (layers) layers.desk_points = (made, options) => {
    const group = L.layerGroup().addTo(made.map);
    let latest = 0;

    function show(point) {
      const list = el("div", { className: "panel-services" });
      for (const { id, name, kind, status } of point.services) {
        const link = el("a", { href: options.page + id + window.zhitu.pageQuery(), text: name });
        list.append(el("p", {}, mark(kind), " ", el("span", { text: words("kind_" + kind) + " · " + words("status_" + status) }), link));
      }
      draw.panel(made, el("h2", { text: point.name }), list);
    }

    function put(point) {
      const box = el("span", { className: "marker" }, mark(point.kinds[0], point.state));
      if (!point.hours) box.append(el("b", { className: "doubt", text: "?" }));
      const marker = draw.pinned(draw.at(point.at), box, 28, "supply");
      marker.on("click", () => show(point));
      group.addLayer(marker);
    }

    async function refresh() {
      const turn = ++latest;
      const view = made.map.getBounds();
      const query = new URLSearchParams(options.query);
      query.set("bbox", [view.getWest(), view.getSouth(), view.getEast(), view.getNorth()].map((x) => x.toFixed(5)).join(","));
      query.set("z", Math.round(made.map.getZoom()));
      try {
        const data = await load(options.url + "?" + query);
        if (turn !== latest) return;
        group.clearLayers();
        data.circles.forEach((circle) => draw.putCircle(made, group, circle));
        data.points.forEach(put);
      } catch {
        made.element.dispatchEvent(new CustomEvent("zhitu:failed", { bubbles: true }));
      }
    }
    made.map.on("moveend", refresh);
    queueMicrotask(refresh);
    return { refresh };
  };

  function choosing(form) {
    const all = form.querySelector("#points-all");
    const boxes = [...form.querySelectorAll("input[name=id]")];
    const said = form.querySelector("#points-chosen");
    if (!all) return;
    const count = () => {
      const chosen = boxes.filter((box) => box.checked).length;
      all.checked = chosen > 0 && chosen === boxes.length;
      all.indeterminate = chosen > 0 && chosen < boxes.length;
      said.textContent = chosen ? words("points_chosen", { count: chosen }) : "";
      boxes.forEach((box) => box.closest("tr").classList.toggle("is-chosen", box.checked));
    };
    all.addEventListener("change", () => {
      boxes.forEach((box) => (box.checked = all.checked));
      count();
    });
    form.addEventListener("change", count);
    count();
  }

  function reading(input) {
    const said = document.getElementById(input.dataset.hours);
    let wait = 0;
    let turn = 0;
    const read = async () => {
      const mine = ++turn;
      const query = new URLSearchParams({ text: input.value });
      if (!window.zhitu.chinese) query.set("lang", document.body.dataset.lang);
      const answer = await load(window.zhitu.root + "/desk/points/hours.json?" + query).catch(() => null);
      if (answer && mine === turn) said.textContent = answer.said;
    };
    input.addEventListener("input", () => {
      clearTimeout(wait);
      wait = setTimeout(read, WAIT_MS);
    });
  }

  // The checklist of the year that is typed; the others are put away.
  function checklists(form) {
    const day = form.querySelector("input[name=on]");
    const lists = [...form.querySelectorAll("[data-years]")];
    const none = form.querySelector(".no-checklist");
    const show = () => {
      const year = day.value.slice(0, 4);
      for (const list of lists) {
        const mine = list.dataset.years.split(" ").includes(year);
        list.hidden = list.disabled = !mine;
      }
      none.hidden = lists.some((list) => !list.hidden);
    };
    day.addEventListener("input", show);
    show();
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("#points-form").forEach(choosing);
    document.querySelectorAll("[data-hours]").forEach(reading);
    document.querySelectorAll("form.inspect").forEach(checklists);
  });
})();
