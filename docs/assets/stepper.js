/* Steppers: shows the states of a film one by one. Without this file they are a table to read. */
(function () {
  "use strict";
  const WORDS = {
    again: "Start again",
    not: "Not here. Press the button that is marked, or start again.",
    group: "What do you do?",
    step: (at, all) => `Step ${at} of ${all}.`,
  };
  /* Where a command takes its work from, and where it puts what comes of it. */
  const WAYS = [
    [/flask db (upgrade|downgrade|stamp)/, "plan", "house"],
    [/flask db /, "wish", "plan"],
    [/^Save /, "wish", "house"],
    [/./, null, "wish"],
  ];
  const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

  function button(text, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "md-button";
    made.textContent = text;
    made.addEventListener("click", act);
    return made;
  }

  /* The change moves: a copy of what is new flies in from the pane that it comes from. */
  function fly(row, by) {
    const [, from, to] = WAYS.find(([shape]) => shape.test(by));
    const goal = row.querySelector(`.pane-${to} :is(.new, .lost, .kept)`);
    const source = from && (row.querySelector(`.pane-${from} .new`) || row.querySelector(`.pane-${from} pre:last-of-type`) || row.querySelector(`.pane-${from}`));
    if (!goal || still()) return;
    const end = goal.getBoundingClientRect();
    const start = (source || goal).getBoundingClientRect();
    const shift = source ? `${start.left - end.left}px, ${start.top - end.top}px` : "0, -1rem";
    goal.animate(
      [{ transform: `translate(${shift})`, opacity: 0.2 }, { transform: "none", opacity: 1 }],
      { duration: 600, easing: "ease-in-out" },
    );
  }

  function bring(figure) {
    const rows = [...figure.querySelectorAll(".states > tbody > tr")];
    const bar = document.createElement("div");
    const says = document.createElement("p");
    let at = 0;
    const next = () => rows[at + 1]?.dataset.by;
    const names = [...new Set(rows.slice(1).map((row) => row.dataset.by))];
    const buttons = names.map((name) => button(name, () => press(name)));
    const again = button(WORDS.again, () => { at = 0; show(); says.focus(); });

    function show() {
      rows.forEach((row, number) => { row.hidden = number !== at; });
      buttons.forEach((each) => each.classList.toggle("md-button--primary", each.textContent === next()));
      again.hidden = at === 0;
      says.textContent = `${WORDS.step(at + 1, rows.length)} ${rows[at].querySelector(".step-says").textContent}`;
    }
    function press(name) {
      if (name !== next()) {
        says.textContent = JSON.parse(rows[at].dataset.idle)[name] || WORDS.not;
        return;
      }
      at += 1;
      show();
      if (at === rows.length - 1) window.remodelProgress.watch(figure.id);
      fly(rows[at], name);
    }

    bar.className = "stepper-bar";
    bar.setAttribute("role", "group");
    bar.setAttribute("aria-label", WORDS.group);
    bar.append(...buttons, again);
    says.className = "stepper-says";
    says.setAttribute("role", "status");
    says.tabIndex = -1;
    figure.querySelector("figcaption").after(bar, says);
    figure.dataset.ready = "";
    show();
  }

  function start() {
    document.querySelectorAll("figure.stepper:not([data-ready])").forEach(bring);
  }
  if (typeof document$ !== "undefined") document$.subscribe(start);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
