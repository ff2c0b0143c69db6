/* Names for parts of the theme that have none, and what paper needs. */
(function () {
  "use strict";
  function name(selector, text) {
    document.querySelectorAll(selector).forEach((each, number) => {
      const label = typeof text === "string" ? text : text(number + 1);
      if (!each.hasAttribute("aria-label")) each.setAttribute("aria-label", label);
    });
  }
  function nameAll() {
    name(".md-search[role=dialog]", "Search");
    name(".md-progress[role=progressbar]", "Loading the page");
    name("nav.md-code__nav", (number) => `Code block ${number}`);
    name("a.md-annotation__index", "Note on this line");
  }
  function start() {
    nameAll();
    /* The theme adds the buttons of a code block when it comes into sight. */
    const article = document.querySelector("article");
    if (article) new MutationObserver(nameAll).observe(article, { childList: true, subtree: true });
  }
  addEventListener("beforeprint", () => {
    document.querySelectorAll("article details").forEach((each) => { each.open = true; });
  });
  if (typeof document$ !== "undefined") document$.subscribe(start);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
