// Rows of the ranking lead to their district or site on the map.
(function () {
  "use strict";
  const PIECES = { district: "shares", site: "sites" };

  document.addEventListener("zhitu:map", (event) => {
    const map = event.detail;
    for (const row of document.querySelectorAll("tr[data-district], tr[data-site]")) {
      const kind = row.dataset.district ? "district" : "site";
      const head = row.querySelector("th");
      const button = document.createElement("button");
      button.type = "button";
      button.className = "row-button";
      button.append(...head.childNodes);
      head.append(button);
      row.addEventListener("click", () => {
        document.querySelectorAll("tr.is-chosen").forEach((other) => other.classList.remove("is-chosen"));
        row.classList.add("is-chosen");
        map.pieces[PIECES[kind]].zoomTo(row.dataset[kind]);
      });
    }
  });
})();
