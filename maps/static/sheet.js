// The sheet's two heights, the scrolling chips, and filters that need no second tap.
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

  for (const select of document.querySelectorAll(".filters select"))
    select.addEventListener("change", () => {
      // Another district has other towns.
      if (select.id === "district") document.getElementById("town")?.remove();
      select.form.submit();
    });
  document.querySelector(".filters button").hidden = true;
})();
