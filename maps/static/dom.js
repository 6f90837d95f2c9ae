// What every script here builds pages with: elements, icons, words, distances, data.
// Text only ever enters the page through textContent.
(function () {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg";
  const body = document.body;
  const words = JSON.parse(body.dataset.words || "{}");
  const chinese = body.dataset.lang === "zh";
  const speech = document.documentElement.lang || "zh-Hans";
  // Rules and number formats cost a phone 50 ms when first made: only where they say anything.
  let plural = null;
  const rule = (count) => (plural ||= new Intl.PluralRules(speech)).select(count);
  const counting = (count) => (count < 1000 ? String(count) : count.toLocaleString(speech));
  const WALK_DETOUR = 1.3;
  const METRES_A_MINUTE = 66.7;

  function words_of(key, values) {
    const said = words[key] || key;
    if (typeof said === "object") return counted(said, values);
    return filled(said, values);
  }

  // A district's name in the page's language; one that is not known stays as it is.
  const district = (name) => words["district_" + name] || name;

  // A counted sentence comes as its forms by plural category.
  function counted(forms, values) {
    const text = (Object.keys(forms).length > 1 && forms[rule(values.count)]) || forms.other;
    return filled(text, { ...values, count: counting(values.count) });
  }

  function filled(text, values) {
    return text.replace(/\{(\w+)\}/g, (whole, name) => (values && name in values ? values[name] : whole));
  }

  function el(tag, options, ...children) {
    const made = document.createElement(tag);
    const { text, className, ...attributes } = options || {};
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children.filter(Boolean));
    return made;
  }

  function svg(sprite, symbol, className) {
    const made = document.createElementNS(SVG, "svg");
    made.setAttribute("class", className);
    made.setAttribute("aria-hidden", "true");
    made.setAttribute("focusable", "false");
    const use = document.createElementNS(SVG, "use");
    const file = body.dataset.assets ? body.dataset.assets + "/" + sprite : "";
    use.setAttribute("href", file + "#" + symbol);
    made.append(use);
    return made;
  }

  const icon = (name) => svg("ui.svg", "i-" + name, "i");
  // What stands beside a place's name: that it is invented, and a status other than the usual.
  const badges = ({ sample, state, status }) => [
    sample ? el("span", { className: "badge", text: words_of("sample") }) : null,
    state ? el("span", { className: "status status-" + status, text: words_of("status_" + status) }) : null,
  ].filter(Boolean);

  const mark = (kind, extra) => svg("icons.svg", "k-" + kind, "mark k-" + kind + (extra ? " " + extra : ""));
  const site = (style) => svg("ui.svg", "m-" + style, "site site-" + style);

  // How far this device's clock is behind the service's, told by the last answer.
  let behind_ms = 0;
  function compared(date) {
    const apart = date ? Date.parse(date) - Date.now() : 0;
    behind_ms = Math.abs(apart) > 60000 ? apart : 0;
  }
  // What a link to another page keeps: language and size of the text. Others are passed the first.
  const lang = chinese ? [] : ["lang=" + body.dataset.lang];
  const large = document.documentElement.classList.contains("is-large") ? ["text=large"] : [];
  const query = (parts) => (parts.length ? "?" + parts.join("&") : "");
  const langQuery = () => query(lang);
  const pageQuery = () => query([...lang, ...large]);
  // The wall clock of the places, as 2026-03-31T12:30.
  const beijing = () => new Date(Date.now() + behind_ms + 8 * 3600000).toISOString().slice(0, 16);

  // A page gone back to is filled with what the browser kept, however old it and its clock are.
  const kept = performance.getEntriesByType("navigation")[0]?.type === "back_forward";

  // A url that begins with # names a data block of this page: the one-file map has no service.
  // What a link of the page preloads is found only by a request with no headers of its own.
  async function load(url, preloaded) {
    if (url.startsWith("#")) return JSON.parse(document.getElementById(url.slice(1)).textContent);
    const asking = { headers: { Accept: "application/json" }, cache: kept ? "no-cache" : "default" };
    const answer = await fetch(url, preloaded ? {} : asking);
    if (!answer.ok) throw new Error(url + ": " + answer.status);
    compared(answer.headers.get("date"));
    return answer.json();
  }

  // The same document for several layers of a map is fetched once.
  const loaded = new Map();
  function loadOnce(url) {
    if (!loaded.has(url)) loaded.set(url, load(url));
    return loaded.get(url);
  }

  // A document that several layers draw, and draw anew when another takes its place.
  const feeds = new Map();
  function feed(url) {
    if (!feeds.has(url)) feeds.set(url, opened(url));
    return feeds.get(url);
  }
  function opened(url) {
    const draws = [];
    const made = { data: null, follow, take };
    function follow(draw) {
      draws.push(draw);
      if (made.data) draw(made.data);
    }
    function take(data) {
      made.data = data;
      draws.forEach((draw) => draw(data));
    }
    load(url).then(take, () => {});
    return made;
  }

  // Walking metres between [lon, lat] pairs: straight line times the detour.
  function walk(a, b) {
    const rad = Math.PI / 180;
    const dx = (b[0] - a[0]) * rad * Math.cos(((a[1] + b[1]) / 2) * rad);
    const dy = (b[1] - a[1]) * rad;
    return Math.hypot(dx, dy) * 6371008.8 * WALK_DETOUR;
  }

  function distance(metres) {
    if (metres < 995) return words_of("metres", { metres: Math.max(10, Math.round(metres / 10) * 10) });
    return words_of("kilometres", { kilometres: (metres / 1000).toFixed(1) });
  }

  const minutes = (metres) =>
    words_of("minutes", { minutes: Math.max(1, Math.round(metres / METRES_A_MINUTE)) });

  const percent = (share) => (share * 100).toFixed(1) + "%";

  // A line that is read out: what was done, or in red why not.
  function tell(status, text, fault) {
    status.textContent = text;
    status.classList.toggle("is-fault", Boolean(fault));
  }

  window.zhitu = { words: words_of, district, chinese, el, icon, badges, mark, site, load, loadOnce, feed, walk, distance, minutes, percent, beijing, kept, speech, tell, langQuery, pageQuery,
    root: body.dataset.root || "", maps: [], layers: {} };
})();
