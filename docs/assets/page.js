/* Names for parts of the theme that have none, and what paper needs. */
(function () {
  "use strict";
  const NAMES = {
    ".md-search[role=dialog]": "Search",
    ".md-progress[role=progressbar]": "Loading the page",
    "a.md-annotation__index": "Note on this line",
  };
  /* `root` itself, and what is in it: a node that the theme adds is looked at alone. */
  const within = (root, selector) =>
    [...(root.matches?.(selector) ? [root] : []), ...root.querySelectorAll(selector)];
  function name(root) {
    for (const [selector, text] of Object.entries(NAMES)) {
      within(root, selector).forEach((each) => {
        if (!each.hasAttribute("aria-label")) each.setAttribute("aria-label", text);
      });
    }
    /* The buttons of a code block are no place to navigate to. */
    within(root, "nav.md-code__nav").forEach((each) => each.setAttribute("role", "none"));
  }
  /* The theme swaps pages without loading them: whoever hears the page is led to its heading. */
  let pages = 0;
  function arrive() {
    pages += 1;
    const heading = document.querySelector("article h1");
    if (pages === 1 || !heading || location.hash) return;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }
  function start() {
    name(document);
    /* The theme adds the buttons of a code block when it comes into sight. */
    const article = document.querySelector("article");
    if (!article || "named" in article.dataset) return;
    article.dataset.named = "";
    new MutationObserver((changes) => {
      changes.forEach(({ addedNodes }) => addedNodes.forEach((node) => {
        if (node.nodeType === Node.ELEMENT_NODE) name(node);
      }));
    }).observe(article, { childList: true, subtree: true });
  }
  addEventListener("beforeprint", () => {
    document.querySelectorAll("article details").forEach((each) => { each.open = true; });
  });
  if (typeof document$ !== "undefined") document$.subscribe(() => { start(); arrive(); });
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
