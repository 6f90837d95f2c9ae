// The public list and map as one: nearest first from the reader's position or the map's centre.
(function () {
  "use strict";
  const { load, words, el, walk, distance, opening, card, root, pageQuery, keepHere } = window.zhitu;
  // An embedded map says what it was made of: its park is a position by now.
  const query = new URLSearchParams(document.getElementById("list").dataset.filters ?? location.search);
  const FILTERS = ["kind", "district", "town", "q", "with", "open", "near", "radius"];
  const GROUPS = ["open", "unknown", "closed"];
  const cards = document.getElementById("cards");
  const order = document.getElementById("list-order");
  const status = document.getElementById("list-status");
  const notice = document.getElementById("notice");
  const LIMIT = 40;
  const NEAR_PX = 4;
  const SCREEN = 8;
  // Over the whole city the list is the nearest of many, and its title says so.
  const crowded = document.body.classList.contains("finder") && !query.get("district");
  let map = null;
  let here = null; // the reader's exact position on the basemap; it never leaves this page
  let asked = 0;
  let drawn = 0;
  let basis = order.textContent; // what the list was last measured from, in words
  let shownAt = window.zhitu.beijing().slice(11);
  let shown = []; // the places of the list as it stands
  let firstList = document.getElementById("first-list");
  let firstView = document.getElementById("first-view");

  function filters() {
    const kept = new URLSearchParams();
    for (const name of FILTERS) if (query.get(name)) kept.set(name, query.get(name));
    return kept;
  }

  function say(text, again) {
    notice.replaceChildren(text || "");
    notice.hidden = !text;
    if (again) {
      const button = el("button", { type: "button", className: "ghost", text: words("again") });
      button.addEventListener("click", again);
      notice.append(" ", button);
    }
  }

  const broken = new Map(); // what did not come, by its part, and how it is asked again

  // The notice stands until all of it has come.
  function mind(part, again) {
    if (!again && !broken.delete(part)) return;
    if (again) broken.set(part, again);
    if (!broken.size) return say("");
    const told = navigator.onLine ? words("failed") : words("offline", { time: shownAt });
    say(told, () => [...broken.values()].forEach((ask) => ask()));
  }

  const groupOf = (place) => GROUPS.indexOf(opening(place).state);

  // What lies below the screen is made once the screen has been painted and nobody is waiting.
  const later = (make) => requestAnimationFrame(() =>
    window.requestIdleCallback ? requestIdleCallback(make, { timeout: 1000 }) : setTimeout(make));

  // Open ones first, each group from near to far, with a head over those that are not surely open.
  function show(places) {
    for (const place of places) place.group = groupOf(place);
    shown = places.sort((a, b) => a.group - b.group || a.walk_m - b.walk_m);
    const counts = [0, 0, 0];
    for (const place of shown) counts[place.group] += 1;
    const row = (place, n) =>
      place.group && (!n || shown[n - 1].group !== place.group) ? [head(place.group, counts), card(place)] : [card(place)];
    cards.replaceChildren(...shown.slice(0, SCREEN).flatMap(row));
    const turn = ++drawn;
    later(() => turn === drawn && cards.append(...shown.slice(SCREEN).flatMap((place, n) => row(place, n + SCREEN))));
    cards.classList.toggle("is-measured", true);
    showCounts(counts);
    shownAt = window.zhitu.beijing().slice(11);
    const pages = document.getElementById("pages");
    if (pages) pages.hidden = true;
  }

  function head(group, counts) {
    const count = counts[group];
    return group === 1
      ? el("li", { className: "group" }, el("h3", { text: words("group_unknown", { count }) }), " ",
        el("small", { text: words("group_unknown_hint") }))
      : el("li", { className: "group" }, el("h3", { text: words("group_closed", { count }) }));
  }

  function showCounts([open, unknown]) {
    const line = document.getElementById("list-counts");
    if (line) line.textContent = shown.length ? words("counts", { open, unknown }) : "";
  }

  // Filters that leave nothing: the page has offers of its own, the nearest is told here.
  function showNothing(found) {
    say("");
    if (!found) return;
    const there = document.getElementById("nearest-one");
    const line = there || notice;
    line.hidden = false;
    line.replaceChildren(words(there ? "instead_short" : "instead", { distance: distance(found.walk_m) }),
      el("a", { href: root + "/p/" + found.id + pageQuery(), text: found.name }));
  }

  function showUnplaced(data) {
    const section = document.getElementById("unplaced");
    section.hidden = !data.unplaced_total;
    document.getElementById("unplaced-title").textContent = words("unplaced", { count: data.unplaced_total });
    document.getElementById("unplaced-cards").replaceChildren(...data.unplaced.map(card));
    const more = document.getElementById("unplaced-more");
    more.hidden = data.unplaced.length === data.unplaced_total;
    more.textContent = words("unplaced_more", { shown: data.unplaced.length });
  }

  function tell(places, byPosition, near) {
    const from = near ? words("from_station", { name: near.name }) : words(byPosition ? "near_you" : "near_centre");
    order.textContent = basis = places.length ? from : "";
    status.textContent = !places.length ? words("empty") : words("found", { count: places.length }) + " " +
      words("nearest", { name: places[0].name, distance: distance(places[0].walk_m) });
  }

  function put(places, from, byPosition, near) {
    for (const place of places) place.walk_m = walk(from, place.at);
    show(places);
    tell([...places].sort((a, b) => a.walk_m - b.walk_m), byPosition, near);
  }

  // Distances are measured here from `exact`; what is sent is `sent`, rounded to about 100 m.
  // `again` asks anew where this did not come.
  async function list(sent, byPosition, exact, again, preloaded) {
    const turn = ++asked;
    // In another order than the page's own request, whose answer may be an old one that was kept.
    const wanted = new URLSearchParams([["limit", LIMIT], ...filters(), ...Object.entries(sent)]);
    const slow = setTimeout(() => turn === asked && (order.textContent = words("loading")), 300);
    try {
      const data = await load(preloaded || root + "/nearest?" + wanted, preloaded);
      if (turn !== asked) return null;
      mind("list");
      if (data.near) query.delete("q"); // the place is known now; what follows asks around it or the reader
      // Once the reader is found he matters more than the station he searched for.
      if (data.near && byPosition) return again();
      const { near } = data;
      const from = near ? near.at : exact(data.shift);
      put(data.places, from, byPosition, near);
      later(() => turn === asked && showUnplaced(data));
      if (!data.places.length) showNothing(data.instead);
      if (crowded && data.places.length < data.total)
        document.getElementById("list-title").textContent = words("found", { count: data.places.length });
      return { from, near, places: data.places };
    } catch {
      if (turn !== asked) return null;
      order.textContent = basis;
      mind("list", again);
      return null;
    } finally {
      clearTimeout(slow);
    }
  }

  // The list has open ones first; a map is drawn around those that are really near.
  const closest = (places) => [...places].sort((a, b) => a.walk_m - b.walk_m).slice(0, 4);

  const rounded = (value) => (Math.round(value * 1000) / 1000).toFixed(3);

  // The page sent for its first list before its scripts came: it serves while the map stands there.
  function preload({ lng, lat }) {
    const url = firstList && firstList.getAttribute("href");
    firstList = null;
    if (!url || window.zhitu.kept) return null;
    const asked = new URLSearchParams(url.split("?")[1]);
    const from = [Number(asked.get("lon")), Number(asked.get("lat"))];
    const spot = (lon_lat) => map.map.latLngToContainerPoint([lon_lat[1], lon_lat[0]]);
    return spot(from).distanceTo(spot([lng, lat])) <= NEAR_PX ? { url, from } : null;
  }

  function around(again) {
    const { lng, lat } = map.centre();
    const first = preload({ lng, lat });
    const from = first ? first.from : [lng, lat];
    const sent = { lon: rounded(from[0]), lat: rounded(from[1]), datum: "map" };
    return list(sent, false, () => from, again, first && first.url);
  }

  function byCentre() {
    if (!here && map.map.getSize().x) around(byCentre);
  }

  // The marks that came with the page, once; what is seen later is asked for.
  function sentView(view, zoom) {
    const sent = firstView && JSON.parse(firstView.dataset.view);
    firstView = null;
    if (!sent || sent.zoom !== zoom) return null;
    const [west, south, east, north] = sent.bbox;
    return L.latLngBounds([south, west], [north, east]).contains(view) ? sent : null;
  }

  async function byPosition(position) {
    const { longitude: lon, latitude: lat, accuracy } = position.coords;
    here = [lon, lat];
    const sent = { lon: rounded(lon), lat: rounded(lat) };
    const found = await list(sent, true, (shift) => [lon + shift[0], lat + shift[1]], () => byPosition(position));
    if (!found) return;
    here = found.from;
    keepHere(here);
    map.pieces.here.show(here, accuracy);
    const near = closest(found.places).map((place) => [place.at[1], place.at[0]]);
    if (near.length) map.pieces.clusters.choose(found.places[0].id);
    hold(found.places);
    map.map.fitBounds(L.latLngBounds([[here[1], here[0]], ...near]).pad(0.1), map.inside(16));
  }

  function locate() {
    if (!window.isSecureContext) return say(words("insecure"));
    if (!navigator.geolocation) return say(words("no_position"));
    order.textContent = words("loading");
    navigator.geolocation.getCurrentPosition(byPosition, (fault) => {
      say(words(fault.code === fault.PERMISSION_DENIED ? "refused" : "no_position"));
      order.textContent = basis;
    }, { enableHighAccuracy: true, timeout: 10000, maximumAge: 60000 });
  }

  document.addEventListener("zhitu:map", (event) => {
    map = event.detail;
    const clusters = map.pieces.clusters;
    clusters.query = filters;
    clusters.sent = sentView;
    for (const button of document.querySelectorAll("[data-locate]")) {
      button.hidden = false;
      button.addEventListener("click", locate);
    }
    if (query.get("q")) searched();
    else {
      map.map.on("moveend", byCentre);
      byCentre();
    }
  });

  // What was searched for is all that the map shows, from its next move on.
  function hold(places) {
    map.pieces.clusters.fixed = query.get("q") ? places : null;
  }

  // A search is shown where it is, not where the map happens to be.
  async function searched() {
    map.pieces.clusters.fixed = [];
    const found = await around(searched);
    if (!found) return;
    hold(found.places);
    const seen = found.near ? [found.near, ...closest(found.places)] : found.places;
    const spots = seen.map((place) => [place.at[1], place.at[0]]);
    if (!spots.length) return map.pieces.clusters.refresh();
    map.map.fitBounds(L.latLngBounds(spots).pad(0.1), { ...map.inside(16), animate: false });
    if (found.near) return;
    const centre = map.centre();
    put(found.places, [centre.lng, centre.lat], false);
  }

  // A place that opened or closed meanwhile moves to its group.
  document.addEventListener("zhitu:minute", () => {
    if (shown.some((place) => place.group !== groupOf(place))) show(shown);
  });

  document.addEventListener("zhitu:failed", () => mind("marks", () => map.pieces.clusters.refresh()));
  document.addEventListener("zhitu:drawn", () => mind("marks"));
  document.addEventListener("zhitu:tiles-failed", () => broken.size || say(words("tiles_failed")));
})();
