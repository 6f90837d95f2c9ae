// Fills the page's own card template with a place; text by textContent only.
(function () {
  "use strict";
  const { chinese, el, icon, mark, markOpening, badges, words, district, distance, minutes, root, pageQuery } = window.zhitu;
  const FAR_M = 4000; // beyond an hour nobody walks, so the minutes say nothing
  const template = document.getElementById("card-template");

  function card(place) {
    const item = template.content.firstElementChild.cloneNode(true);
    const part = (name) => item.querySelector("." + name);
    const address = root + "/p/" + place.id + pageQuery();
    item.dataset.id = place.id;
    part("card-mark").append(mark(place.kinds[0], place.state));
    part("card-mark").classList.toggle("is-unplaced", !place.placed);
    const link = part("card-link");
    link.textContent = place.name;
    link.href = address;
    if (document.body.classList.contains("embed")) link.target = "_blank";
    link.after(...badges(place).flatMap((badge) => [" ", badge]));
    facts(part, place);
    part("card-where").textContent = [district(place.district), place.address].filter(Boolean).join(" · ");
    for (const kind of place.kinds) part("card-kinds").append(el("span", { text: words("kind_" + kind) }));
    list(part("facilities"), place.facilities);
    for (const doubt of place.doubt) part("card-text").append(el("p", { className: "card-doubt" }, icon("warn"), doubt));
    go(part("card-go"), place, address);
    return item;
  }

  function facts(part, place) {
    const hours = part("card-hours");
    if (!place.placed) {
      hours.textContent = chinese ? place.reason : place.reason_en;
      return;
    }
    if (place.walk_m !== null) {
      part("card-walk").append(el("b", { text: distance(place.walk_m) }), place.walk_m <= FAR_M ? " " + minutes(place.walk_m) : "");
    }
    markOpening(hours, place);
  }

  function list(element, facilities) {
    if (!facilities.length) return element.remove();
    for (const each of facilities) element.append(el("li", {}, icon(each.icon), chinese ? each.name : each.name_en));
  }

  function go(link, place, address) {
    if (!place.placed) return link.remove();
    link.href = address + "#go";
    link.dataset.go = place.id;
    link.setAttribute("aria-label", link.textContent.trim() + " " + place.name);
  }

  window.zhitu.card = card;
})();
