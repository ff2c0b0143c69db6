(() => {
  const { open, send } = XMLHttpRequest.prototype;
  const searching = /[?&][qh]=/.test(location.search);
  const wanted = searching ? Promise.resolve() : new Promise((resolve) => {
    const field = () => document.forms.namedItem("search");
    addEventListener("focusin", (event) => field()?.contains(event.target) && resolve());
    addEventListener("pointerdown", (event) => event.target.closest("[for=__search]") && resolve());
    addEventListener("keydown", (event) => "fs/".includes(event.key) && resolve());
  });
  XMLHttpRequest.prototype.open = function (method, url, ...more) {
    this.waits = new URL(url, location).pathname.endsWith("/search/search_index.json");
    return open.call(this, method, url, ...more);
  };
  XMLHttpRequest.prototype.send = function (...body) {
    if (this.waits) wanted.then(() => send.apply(this, body));
    else send.apply(this, body);
  };
})();
