// The sheet's two heights, the scrolling chips, and a town that goes with its district.
(function () {
  "use strict";
  const body = document.body;
  const switches = document.querySelectorAll(".switch [data-view]");

  function view(name) {
    body.dataset.view = name;
    for (const link of switches) link.classList.toggle("is-on", link.dataset.view === name);
    window.scrollTo({ top: 0 });
  }

  for (const link of switches)
    link.addEventListener("click", (event) => {
      event.preventDefault();
      view(link.dataset.view);
    });

  for (const chips of document.querySelectorAll(".chips")) {
    const row = chips.querySelector(".chips-row");
    const more = chips.querySelector(".chips-more");
    const fade = () => (more.hidden = row.scrollLeft + row.clientWidth >= row.scrollWidth - 8);
    more.addEventListener("click", () => row.scrollBy({ left: row.clientWidth * 0.7, behavior: "smooth" }));
    row.addEventListener("scroll", fade, { passive: true });
    new ResizeObserver(fade).observe(row);
  }

  // Another district has other towns.
  document.getElementById("district").addEventListener("change", () =>
    document.querySelectorAll("#town, [for=town]").forEach((each) => each.remove()));
})();
