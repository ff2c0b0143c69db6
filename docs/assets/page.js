/* Names for parts of the theme that have none, and what paper needs. */
(function () {
  "use strict";
  const NAMES = {
    ".md-search[role=dialog]": "Search",
    ".md-progress[role=progressbar]": "Loading the page",
    "a.md-annotation__index": "Note on this line",
    ".task-list-control > input": "To be done",
  };
  /* `root` itself, and what is in it: a node that the theme adds is looked at alone. */
  const within = (root, selector) =>
    [...(root.matches?.(selector) ? [root] : []), ...root.querySelectorAll(selector)];
  /* What goes on to the side is a stop of the Tab key: the arrows move it. The theme says so of code
     alone, and of that when it is in sight. First all widths are read, then anything is changed. */
  const SIDEWAYS = ".md-typeset__scrollwrap, pre > code";
  const widths = new ResizeObserver((all) => {
    const seen = all.map(({ target }) => [target, target.scrollWidth > target.clientWidth]);
    seen.forEach(([each, goesOn]) => {
      const about = { tabindex: "0" };
      if (each.matches("div")) Object.assign(about, { role: "group", "aria-label": "Table, wider than the screen" });
      Object.entries(about).forEach(([key, value]) => {
        if (goesOn) each.setAttribute(key, value);
        else each.removeAttribute(key);
      });
    });
  });
  function name(root) {
    within(root, SIDEWAYS).forEach((each) => widths.observe(each));
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
  /* The style sheet keeps back what lies out of sight. When the page is there and nothing else is to be
     done, the rest is laid out, a little at a time: then nothing moves any more, and the pages that
     the theme swaps in are laid out whole, so that the way back leads to where a reader was. */
  const BLOCKS = ".md-content__inner > :is(.highlight, .tabbed-set, .stepper, .quiz, .cards, .md-typeset__scrollwrap)";
  const A_LITTLE = 3;
  function settle(left) {
    left.splice(0, A_LITTLE).forEach((each) => { each.style.contentVisibility = "visible"; });
    if (left.length) requestIdleCallback(() => settle(left));
    else document.documentElement.dataset.settled = "";
  }
  if (CSS.supports("overflow-anchor", "auto"))
    addEventListener("load", () => requestIdleCallback(() => settle([...document.querySelectorAll(BLOCKS)])));
  /* What a fold holds may wait as text: it becomes a part of the page when the fold is opened. Where
     the theme has swapped the page in, it is no text any more. */
  function unpack(fold) {
    const held = fold.querySelector(":scope > noscript");
    if (held?.firstElementChild) held.replaceWith(...held.childNodes);
    else if (held) held.outerHTML = held.textContent;
    if (held) document.dispatchEvent(new Event("unpacked"));
  }
  addEventListener("toggle", ({ target }) => { if (target.open) unpack(target); }, true);
  addEventListener("beforeprint", () => {
    document.querySelectorAll("article details:not(.quiz-experiment)").forEach(unpack);
    document.querySelectorAll("article details:not(.quiz-experiment)").forEach((each) => { each.open = true; });
  });
  if (typeof document$ !== "undefined") document$.subscribe(() => { start(); arrive(); });
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
