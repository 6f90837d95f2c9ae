// The builder without pressing a button: each choice shows its map and its lines at once.
(function () {
  "use strict";
  const form = document.getElementById("choices");
  const preview = document.getElementById("preview");
  const fault = document.getElementById("fault");
  const said = document.getElementById("said");
  const WAIT_MS = 250;
  const byId = (id) => document.getElementById(id);
  let asked = 0;
  let waiting = 0;

  function query(more) {
    const found = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value) found.append(name, value);
    for (const [name, value] of Object.entries(more || {})) found.set(name, value);
    return found;
  }

  async function update(more) {
    const turn = ++asked;
    const wanted = query(more);
    try {
      const answer = await fetch(form.dataset.lines + "?" + wanted);
      if (!answer.ok) throw new Error(String(answer.status));
      const data = await answer.json();
      if (turn === asked) show(data, wanted);
    } catch {
      if (turn !== asked) return;
      fault.textContent = said.dataset.failed;
      fault.hidden = false;
    }
  }

  function show(data, wanted) {
    for (const name of ["frame", "script", "oembed", "list"]) byId("text-" + name).value = data[name];
    fault.textContent = data.fault;
    fault.hidden = !data.fault;
    byId("listed-yes").hidden = data.listed !== true;
    byId("listed-no").hidden = data.listed !== false;
    if (preview.getAttribute("src") !== data.address) preview.setAttribute("src", data.address);
    preview.setAttribute("height", data.height);
    preview.title = data.title;
    towns(data.towns);
    if (wanted.get("datum")) ["lon", "lat", "z"].forEach((name, at) => (form.elements[name].value = data.start[at]));
    stills(data);
    history.replaceState(null, "", "?" + query());
  }

  function towns(names) {
    const select = form.elements.town;
    const before = select.value;
    const option = (text, value) => Object.assign(document.createElement("option"), { textContent: text, value });
    select.replaceChildren(option(select.dataset.all, ""), ...names.map((name) => option(name, name)));
    select.value = names.includes(before) ? before : "";
  }

  // Pictures are dear to draw: only those that somebody looks at.
  let addresses = null;
  function stills(data) {
    if (data) addresses = data;
    if (!addresses || byId("line-still").hidden) return;
    for (const image of document.querySelectorAll("img[data-address]")) image.src = addresses[image.dataset.address];
    for (const link of document.querySelectorAll("a[data-address]")) link.href = addresses[link.dataset.address];
  }

  function tabs() {
    const list = document.querySelector(".tabs");
    const all = [...list.children];
    const choose = (tab, focus) => {
      for (const each of all) {
        each.setAttribute("aria-selected", each === tab);
        each.tabIndex = each === tab ? 0 : -1;
        byId(each.getAttribute("aria-controls")).hidden = each !== tab;
      }
      if (focus) tab.focus();
      stills(null);
    };
    for (const tab of all) {
      byId(tab.getAttribute("aria-controls")).setAttribute("role", "tabpanel");
      tab.addEventListener("click", () => choose(tab, false));
      tab.addEventListener("keydown", ({ key }) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
        if (step) choose(all[(all.indexOf(tab) + step + all.length) % all.length], true);
      });
    }
    list.hidden = false;
    document.body.classList.add("has-tabs");
    choose(all[0], false);
  }

  async function copy({ currentTarget: button }) {
    const text = byId(button.dataset.copy);
    text.select();
    try {
      await navigator.clipboard.writeText(text.value);
    } catch {
      document.execCommand("copy"); // where the page has no https there is no clipboard
    }
    said.textContent = said.dataset.copied;
    const before = button.textContent;
    button.textContent = said.dataset.copied;
    setTimeout(() => {
      button.textContent = before;
      said.textContent = "";
    }, 1600);
  }

  function takeView() {
    const made = preview.contentWindow.zhitu && preview.contentWindow.zhitu.maps[0];
    if (!made) return;
    const { lng, lat } = made.map.getCenter();
    const zoom = Math.min(18, Math.max(8, Math.round(made.map.getZoom())));
    update({ lon: lng.toFixed(5), lat: lat.toFixed(5), z: zoom, datum: "map" });
  }

  function devices() {
    const group = byId("devices");
    group.hidden = false;
    for (const button of group.children)
      button.addEventListener("click", () => {
        for (const each of group.children) each.setAttribute("aria-pressed", each === button);
        preview.className = "is-" + button.dataset.device;
      });
  }

  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(update, WAIT_MS);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    update();
  });
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", copy);
  }
  byId("take-view").hidden = false;
  byId("take-view").addEventListener("click", takeView);
  byId("send").closest(".part").hidden = true;
  tabs();
  devices();
})();
