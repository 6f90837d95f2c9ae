// Passes this page on: the device's own sharing, else its address in the clipboard.
(function () {
  "use strict";
  const { words } = window.zhitu;
  const button = document.querySelector("[data-share]");
  const status = document.getElementById("share-status");

  function say(text) {
    status.textContent = text;
    status.hidden = false;
  }

  async function copy(address) {
    try {
      await navigator.clipboard.writeText(address);
      say(words("copied"));
    } catch {
      say(words("copy_this", { address })); // clipboards are closed to plain http and some in-app browsers
    }
  }

  button.hidden = false;
  button.addEventListener("click", async () => {
    const address = location.origin + location.pathname + window.zhitu.langQuery();
    if (!navigator.share) return copy(address);
    try {
      await navigator.share({ title: button.dataset.share, url: address });
    } catch (fault) {
      if (fault.name !== "AbortError") copy(address);
    }
  });

  // A link to the report form opens it.
  const report = document.getElementById("report");
  const open = () => location.hash === "#report" && (report.open = true);
  window.addEventListener("hashchange", open);
  open();
})();
