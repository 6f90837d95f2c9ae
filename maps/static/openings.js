// Open until, opens at, or unknown, as maps/openings.py says it; kept right while the page is open.
(function () {
  "use strict";
  const { words, beijing, kept, speech } = window.zhitu;
  const SOON_MIN = 30;
  const EVERY_MS = 20000;
  const LOOKS = ["is-open", "is-soon", "is-closed", "is-unknown"];
  // Who asks for another moment than now is answered for that moment.
  const asked = new URLSearchParams(location.search).get("open");
  const now = () => (asked && asked !== "now" ? asked : beijing());

  const utc = (text) => Date.parse(text + "Z");
  const dayOf = (text) => Date.parse(text.slice(0, 10) + "T00:00Z");
  const named = (day, options) => new Intl.DateTimeFormat(speech, { ...options, timeZone: "UTC" }).format(day);

  function at(moment, text, end) {
    let day = dayOf(text);
    let clock = text.slice(11).replace(/^0/, "");
    if (end && clock === "0:00") [day, clock] = [day - 86400000, "24:00"];
    const ahead = Math.round((day - dayOf(moment)) / 86400000);
    if (ahead === 0) return clock;
    if (ahead === 1) return words("at_tomorrow", { time: clock });
    const options = ahead < 7 ? { weekday: "short" } : { month: "short", day: "numeric" };
    return words("at_day", { day: named(day, options), time: clock });
  }

  // Where a list of [state, since] stands: its state, and the turn that follows.
  function standing(times, moment) {
    let number = 0;
    while (number + 1 < times.length && times[number + 1][1] <= moment) number += 1;
    return { state: times.length ? times[number][0] : "unknown", next: times[number + 1] };
  }

  function opening({ times, always, hours }) {
    const moment = now();
    const { state, next } = standing(times, moment);
    if (state === "unknown") return { state, text: hours || words("hours_unknown"), look: "is-unknown" };
    if (state === "closed") {
      const opens = next && next[0] === "open";
      return { state, text: opens ? words("opens", { time: at(moment, next[1]) }) : words("closed"), look: "is-closed" };
    }
    if (!next) return { state, text: words(always ? "open_always" : "open_now"), look: "is-open" };
    const soon = utc(next[1]) - utc(moment) <= SOON_MIN * 60000;
    return { state, text: words("open_until", { time: at(moment, next[1], true) }), look: soon ? "is-soon" : "is-open" };
  }

  function mark(element, item) {
    element.dataset.times = JSON.stringify(item.times);
    element.dataset.hours = item.hours;
    if (item.always) element.dataset.always = "";
    tell(element, item);
  }

  function tell(element, item) {
    const { text, look } = opening(item);
    if (element.textContent !== text) element.textContent = text;
    for (const each of LOOKS) element.classList.toggle(each, each === look);
  }

  function again() {
    for (const element of document.querySelectorAll("[data-times]")) {
      const { times, hours, always } = element.dataset;
      tell(element, { times: JSON.parse(times), hours, always: always !== undefined });
    }
    document.dispatchEvent(new CustomEvent("zhitu:minute"));
  }

  setInterval(again, EVERY_MS);
  document.addEventListener("visibilitychange", () => document.hidden || again());
  if (kept) again();
  window.zhitu.opening = opening;
  window.zhitu.markOpening = mark;
})();
