// The imports desk: files may be dropped, progress is asked for, changed cells are counted.
(function () {
  "use strict";
  const words = JSON.parse(document.body.dataset.words || "{}");
  const said = (key, values) => (words[key] || key).replace(/\{(\w+)\}/g, (whole, name) => (values && name in values ? values[name] : whole));
  const byId = (id) => document.getElementById(id);
  const MEGABYTE = 1e6;
  const ASK_MS = 1000;

  function dropping(form) {
    const zone = byId("drop");
    const input = byId("files");
    const status = byId("send-said");
    zone.querySelector(".drop-hint").hidden = false;

    function fits() {
      const large = [...input.files].find((file) => file.size > Number(form.dataset.mostMb) * MEGABYTE);
      status.textContent = large ? said("imports_too_large", { name: large.name, mb: form.dataset.mostMb }) : "";
      return !large;
    }
    function over(event) {
      event.preventDefault();
      zone.classList.add("is-over");
    }
    zone.addEventListener("dragenter", over);
    zone.addEventListener("dragover", over);
    zone.addEventListener("dragleave", () => zone.classList.remove("is-over"));
    zone.addEventListener("drop", (event) => {
      event.preventDefault();
      zone.classList.remove("is-over");
      if (!event.dataTransfer.files.length) return;
      input.files = event.dataTransfer.files;
      if (fits()) form.requestSubmit();
    });
    input.addEventListener("change", fits);
    form.addEventListener("submit", (event) => {
      if (!fits()) event.preventDefault();
      else status.textContent = said("imports_sending");
    });
  }

  function watching(panel) {
    const line = byId("progress-said");
    const bar = byId("progress-bar");
    const started = line.textContent;
    async function ask() {
      let state;
      try {
        const response = await fetch(panel.dataset.state, { headers: { Accept: "application/json" } });
        if (!response.ok) throw new Error(response.status);
        state = await response.json();
      } catch {
        line.textContent = said("imports_no_answer");
        setTimeout(ask, 3 * ASK_MS);
        return;
      }
      if (state.over) {
        location.reload();
        return;
      }
      show(state);
      setTimeout(ask, ASK_MS);
    }
    function show(state) {
      if (state.total) {
        bar.max = state.total;
        bar.value = state.done;
      }
      byId("progress-far").textContent = state.total ? said("imports_far", { done: state.done, total: state.total }) : "";
      const now = state.cancelling ? said("imports_cancelling") : state.sentence || started;
      // Said again only when it is something else, or a screen reader never stops.
      if (line.textContent !== now) line.textContent = now;
    }
    setTimeout(ask, ASK_MS / 2);
  }

  function counting(form) {
    const status = byId("cells-said");
    if (!status) return;
    const changed = () => [...form.querySelectorAll("table input")].filter((input) => input.value !== input.defaultValue);
    form.addEventListener("input", () => {
      const count = changed().length;
      status.textContent = count ? said("imports_changed_cells", { count }) : "";
    });
  }

  const send = byId("send");
  if (send) dropping(send);
  const progress = byId("progress");
  if (progress) watching(progress);
  const cells = byId("cells-form");
  if (cells) counting(cells);
})();
