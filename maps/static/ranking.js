// The ranking: rows lead to their area or site on the map, columns sort.
(function () {
  "use strict";
  const { el, words } = window.zhitu;
  const told = () => document.getElementById("told");
  let sorted = null;

  function value(row, column) {
    const text = row.cells[column].dataset.value;
    if (text === undefined || text === "") return null;
    return Number.isNaN(Number(text)) ? text : Number(text);
  }

  // What is not known stays last, whichever way the rest is sorted.
  function compare(a, b, up) {
    if (a === null || b === null) return (a === null) - (b === null);
    const order = typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "zh");
    return up ? order : -order;
  }

  function sort(table, column, up) {
    const body = table.tBodies[0];
    const rows = [...body.rows].sort((a, b) => compare(value(a, column), value(b, column), up));
    body.append(...rows);
    rows.forEach((row, place) => {
      const order = row.querySelector(".order");
      if (order) order.textContent = place + 1;
    });
    for (const head of table.tHead.rows[0].cells) head.removeAttribute("aria-sort");
    table.tHead.rows[0].cells[column].setAttribute("aria-sort", up ? "ascending" : "descending");
    sorted = { id: table.id, column, up };
  }

  function sortable(table) {
    for (const head of table.querySelectorAll("th[data-sortable]")) {
      const name = head.textContent;
      const button = el("button", { type: "button", className: "sort-button", text: name, title: words("sort") });
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const figures = head.classList.contains("figure");
        const now = head.getAttribute("aria-sort");
        sort(table, head.cellIndex, now ? now === "descending" : !figures);
        if (told()) told().textContent = words("sorted", { column: name });
      });
    }
    if (sorted && sorted.id === table.id) sort(table, sorted.column, sorted.up);
  }

  function button(head) {
    const made = el("button", { type: "button", className: "row-button" });
    made.append(...head.childNodes);
    head.append(made);
  }

  function chosen(row) {
    document.querySelectorAll("tr.is-chosen").forEach((other) => other.classList.remove("is-chosen"));
    row.classList.add("is-chosen");
  }

  function lead(table, map) {
    for (const row of table.tBodies[0].rows) {
      const { site, district, town } = row.dataset;
      const head = row.querySelector("th");
      if (!head.querySelector("a")) button(head);
      row.addEventListener("click", (event) => {
        event.preventDefault();
        chosen(row);
        if (site === undefined) return map.pieces.shares.zoomTo(district || town);
        map.pieces.sites.zoomTo(site);
        if (head.querySelector("a")) document.dispatchEvent(new CustomEvent("zhitu:why", { detail: site }));
      });
    }
  }

  function ready(map) {
    for (const table of document.querySelectorAll("table.rank")) {
      sortable(table);
      lead(table, map);
    }
  }
  document.addEventListener("zhitu:map", (event) => {
    ready(event.detail);
    document.addEventListener("zhitu:swapped", () => ready(event.detail));
  });
})();
