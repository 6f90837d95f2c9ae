// What is written is sent one after the other, so that an undo never overtakes what it undoes.
(function () {
  "use strict";
  const { words } = window.zhitu;
  let sending = Promise.resolve();
  let waiting = 0;

  async function post(url, body) {
    const answer = await fetch(url, { method: "POST", headers: { Accept: "application/json" }, body });
    const told = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Error(told.detail || words("review_offline"));
    return told;
  }

  window.zhitu.send = function (url, body) {
    count(1);
    sending = sending.catch(() => {}).then(() => post(url, body)).finally(() => count(-1));
    return sending;
  };

  function count(change) {
    waiting += change;
    document.body.dataset.sending = String(waiting);
  }

  // What was decided and is still on its way must not be lost with the page.
  window.addEventListener("beforeunload", (event) => { if (waiting) event.preventDefault(); });
})();
