// The sheet's two heights, the scrolling chips, and filters that need no second tap.
(function () {
  "use strict";
  const body = document.body;
  const switches = document.querySelectorAll(".switch [data-view]");
  const row = document.querySelector(".chips-row");
  const more = document.querySelector(".chips-more");
  const district = document.getElementById("district");

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

  function fade() {
    more.hidden = row.scrollLeft + row.clientWidth >= row.scrollWidth - 8;
  }
  more.addEventListener("click", () => row.scrollBy({ left: row.clientWidth * 0.7, behavior: "smooth" }));
  row.addEventListener("scroll", fade, { passive: true });
  new ResizeObserver(fade).observe(row);

  district.addEventListener("change", () => district.form.submit());
  district.form.querySelector("button").hidden = true;
})();
