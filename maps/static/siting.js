// Follows the proof, places what it brings, and tries picks elsewhere.
(function () {
  "use strict";
  const { el, words, load, sitingMaps } = window.zhitu;
  const SVG = "http://www.w3.org/2000/svg";
  const page = document.getElementById("siting");
  const progress = document.getElementById("progress");
  const told = document.getElementById("progress-text");
  let version = Number(page.dataset.version);
  let trying = new URLSearchParams(location.search).has("swap");

  function svg(tag, attributes, text) {
    const made = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    if (text) made.textContent = text;
    return made;
  }

  function number(item) {
    const box = document.getElementById("number-" + item.key);
    box.className = "number" + (item.tone ? " is-" + item.tone : "");
    box.replaceChildren(el("h2", { text: item.label }), el("p", { className: "number-value", text: item.value }), el("p", { className: "number-basis", text: item.basis }));
  }

  function money(bars) {
    document.getElementById("money-title").textContent = bars.title;
    document.querySelector(".money").replaceChildren(...bars.layers.flatMap((bar) => [
      svg("rect", { class: "money-" + bar.name, x: bar.x, width: bar.width, height: 28 }),
      svg("text", { class: "money-text-" + bar.name, x: bar.x + bar.width / 2, y: 19, "text-anchor": "middle" }, bar.label),
    ]));
  }

  function row(item) {
    const bar = svg("svg", { width: 54, height: 7, "aria-hidden": "true", class: item.known ? "" : "is-unknown" });
    bar.append(svg("rect", { class: "bar-ground", width: 54, height: 7, rx: 3 }), svg("rect", { class: item.steady ? "bar-value" : "bar-doubt", width: item.bar, height: 7, rx: 3 }));
    const sheet = el("a", { href: page.dataset.sheet.replace("/sheet/0", "/sheet/" + item.number), "aria-label": words("siting_sheet_of", { name: item.name }), text: words("siting_sheet") });
    return el("tr", { "data-pick": item.key },
      el("td", {}, el("span", { className: "pick" + (item.guaranteed ? " is-forced" : ""), text: item.number })),
      el("th", { scope: "row" }, document.createTextNode(item.name), item.works ? el("small", { text: item.works }) : null),
      el("td", { text: item.district }), el("td", { className: "figure", text: item.gain }),
      el("td", { className: "steady-bar" }, bar), el("td", { className: "figure", text: item.kept || "—" }), el("td", {}, sheet));
  }

  function district(item) {
    const figure = (text) => el("td", { className: "figure", text });
    return el("tr", {}, el("th", { scope: "row", text: item.name }), figure(item.before), figure(item.after), figure(item.gained), figure(item.picks));
  }

  function place(data) {
    data.numbers.forEach(number);
    money(data.money);
    document.getElementById("rows").replaceChildren(...data.rows.map(row));
    document.getElementById("districts").replaceChildren(...data.districts.map(district));
    for (const list of document.querySelectorAll("[data-list]"))
      list.replaceChildren(...data[list.dataset.list].map((text) => el("li", { text })));
    for (const text of document.querySelectorAll("[data-text]")) text.textContent = data[text.dataset.text] || "";
    document.getElementById("impossible").hidden = !data.impossible.length;
    document.getElementById("tried").hidden = !data.tried;
    const from = document.getElementById("swap-from");
    if (from && !data.tried)
      from.replaceChildren(...data.rows.map((item) => el("option", { value: item.key, text: item.number + " " + item.name })));
    sitingMaps.forEach((map) => map.draw(data.map));
  }

  const STAGES = { waiting: "siting_waiting", prices: "siting_prices", second: "siting_second", steadiness: "siting_steadiness" };

  function say(data) {
    if (data.done) told.textContent = words("siting_done");
    else if (STAGES[data.stage]) told.textContent = words(STAGES[data.stage]);
    else told.textContent = data.progress.gap === "—" ? words("siting_starting") : words("siting_proving", data.progress);
    // The bar keeps its height, so that nothing moves away under a hand.
    progress.classList.toggle("is-done", data.done);
  }

  async function follow() {
    try {
      const data = await load(page.dataset.state);
      say(data);
      // What is tried by hand stays on the page until it is undone.
      if (data.version !== version && !trying) place(data);
      version = data.version;
      if (!data.done) setTimeout(follow, 700);
    } catch {
      told.textContent = words("siting_lost");
    }
  }

  function withQuery(url, values) {
    const whole = new URL(url, location.href);
    for (const name of ["swap", "to", "lon", "lat"]) whole.searchParams.delete(name);
    for (const [name, value] of Object.entries(values)) whole.searchParams.set(name, value);
    return whole.pathname + whole.search;
  }

  document.addEventListener("zhitu:moved", async (event) => {
    const { key, lon, lat } = event.detail;
    trying = true;
    try {
      place(await load(withQuery(page.dataset.state, { swap: key, lon: lon.toFixed(6), lat: lat.toFixed(6) })));
    } catch {
      document.getElementById("tried").hidden = false;
      document.querySelector("[data-text=tried]").textContent = words("siting_lost");
    }
  });

  document.addEventListener("zhitu:pick", (event) => {
    for (const one of document.querySelectorAll("tr[data-pick]")) one.classList.toggle("is-chosen", one.dataset.pick === event.detail);
    document.querySelector("tr.is-chosen")?.scrollIntoView({ block: "nearest" });
  });

  document.getElementById("rows").addEventListener("click", (event) => {
    const chosen = event.target.closest("tr[data-pick]");
    if (!chosen || event.target.closest("a")) return;
    document.dispatchEvent(new CustomEvent("zhitu:pick", { detail: chosen.dataset.pick }));
    sitingMaps.forEach((map) => map.zoomTo(chosen.dataset.pick));
  });

  progress.querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    await fetch(event.target.action, { method: "POST" });
  });

  if (!page.dataset.done) follow();
})();
