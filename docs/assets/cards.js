/* Cards: makes a deck of the tables on the page, and remembers in this browser what was known. */
(function () {
  "use strict";
  /* What is known of each card, in the one record of progress.js. */
  const progress = window.remodelProgress;
  const CHOSEN = "remodel:cards:lesson";
  /* A card in box n comes back after DAYS[n] days. Box 0 is today's. */
  const DAYS = [0, 1, 2, 4, 8, 16];
  /* So many that were never asked for begin on one day, unless a lesson is chosen. */
  const NEW_A_DAY = 10;
  const BEGUN = "remodel:cards:begun";

  const store = {
    get(key) { try { return localStorage.getItem(key); } catch { return null; } },
    set(key, value) { try { localStorage.setItem(key, value); } catch { /* no storage here */ } },
    /* Which lesson was chosen, and how many were begun today, are of this page alone. */
    remove(key) { try { localStorage.removeItem(key); } catch { /* no storage here */ } },
  };
  /* The learner's own calendar day, `days` from now, so that "tomorrow" begins at midnight. */
  function day(days) {
    const date = new Date();
    date.setDate(date.getDate() + days);
    return [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
  }
  const memory = (card) => progress.get("cards", card.id) ?? { box: 0, due: "" };
  const remember = (card, box) => progress.set({ [card.id]: { box, due: day(DAYS[box]) } }, "cards");
  const isNew = (card) => memory(card).due === "";
  function begunToday() {
    try {
      const { on, count } = JSON.parse(store.get(BEGUN));
      return on === day(0) ? count : 0;
    } catch { return 0; }
  }
  const isDue = (card) => memory(card).due <= day(0);

  function read() {
    return [...document.querySelectorAll("table.cards")].map((table) => {
      let heading = table;
      while (heading && heading.tagName !== "H2") heading = (heading.previousElementSibling || heading.parentElement);
      return {
        title: heading.firstChild.textContent.trim(),
        cards: [...table.querySelectorAll("[data-card]")].map((row) => ({
          id: row.dataset.card, front: row.cells[0], back: row.cells[1],
        })),
      };
    });
  }

  function build(place) {
    place.innerHTML = `
      <p><label>Lessons: <select class="deck-lesson"></select></label></p>
      <div class="deck-card" role="group" aria-label="Card">
        <div class="deck-front"></div><div class="deck-back" hidden></div>
      </div>
      <p class="deck-buttons">
        <button type="button" class="md-button md-button--primary deck-turn">Show the answer</button>
        <button type="button" class="md-button md-button--primary deck-knew" hidden>I knew it</button>
        <button type="button" class="md-button deck-again" hidden>Again</button>
      </p>
      <p class="deck-keys">Keys: <kbd>Enter</kbd> shows the answer, <kbd>k</kbd> says that you knew it, <kbd>a</kbd> asks again.</p>
      <p class="deck-status" role="status"></p>
      <p><button type="button" class="deck-reset">Forget what I knew</button></p>`;
    const part = (name) => place.querySelector(`.deck-${name}`);
    return {
      lesson: part("lesson"), card: part("card"), front: part("front"), back: part("back"),
      turn: part("turn"), knew: part("knew"), again: part("again"),
      status: part("status"), reset: part("reset"),
    };
  }

  function start() {
    const place = document.querySelector(".deck:not([data-ready])");
    if (!place) return;
    place.dataset.ready = "";
    const lessons = read();
    const deck = build(place);
    deck.lesson.append(new Option("all of them", ""), ...lessons.map(({ title }) => new Option(title, title)));
    deck.lesson.value = lessons.some(({ title }) => title === store.get(CHOSEN)) ? store.get(CHOSEN) : "";
    const chosen = () => lessons.filter(({ title }) => !deck.lesson.value || title === deck.lesson.value).flatMap(({ cards }) => cards);
    let queue = [];
    let waiting = 0;

    function show(side) {
      const answer = side === "back";
      const card = queue[0];
      deck.card.hidden = !card;
      deck.turn.hidden = !card || answer;
      deck.knew.hidden = deck.again.hidden = !card || !answer;
      deck.back.hidden = !answer;
      if (card) {
        deck.front.replaceChildren(...card.front.cloneNode(true).childNodes);
        deck.back.replaceChildren(...(answer ? card.back.cloneNode(true).childNodes : []));
      }
    }
    function tell(before = "") {
      const all = chosen();
      const count = queue.length === 1 ? "1 card is" : `${queue.length} cards are`;
      const next = all.map((card) => memory(card).due).filter((due) => due > day(0)).sort()[0];
      deck.status.textContent = before + (queue.length
        ? `${count} left for today, of ${all.length}.`
        : ["That is all for today.", next && `The next card comes back on ${next}.`,
          waiting && `${waiting} new ${waiting === 1 ? "card follows" : "cards follow"}, ${NEW_A_DAY} a day. Choose a lesson to take its own now.`,
        ].filter(Boolean).join(" "));
    }
    function deal() {
      const due = chosen().filter(isDue);
      const fresh = due.filter(isNew);
      const most = deck.lesson.value ? fresh.length : Math.max(0, NEW_A_DAY - begunToday());
      /* What has waited longest comes first, then what is new, in the order of the lessons. */
      const back = due.filter((card) => !isNew(card)).sort((a, b) => memory(a).due.localeCompare(memory(b).due));
      queue = [...back, ...fresh.slice(0, most)];
      waiting = Math.max(0, fresh.length - most);
      show("front");
      tell();
    }
    /* What was pressed is hidden after it, so the focus goes on to what can be pressed next. */
    function answered(knew) {
      const card = queue.shift();
      const box = knew ? Math.min(memory(card).box + 1, DAYS.length - 1) : 0;
      if (isNew(card)) store.set(BEGUN, JSON.stringify({ on: day(0), count: begunToday() + 1 }));
      remember(card, box);
      if (!knew) queue.push(card);
      show("front");
      tell(knew ? `It comes back in ${DAYS[box]} ${DAYS[box] === 1 ? "day" : "days"}. ` : "It comes back today. ");
      (queue.length ? deck.turn : deck.lesson).focus();
    }

    deck.turn.addEventListener("click", () => { show("back"); deck.status.textContent = deck.back.textContent; deck.knew.focus(); });
    deck.knew.addEventListener("click", () => answered(true));
    deck.again.addEventListener("click", () => answered(false));
    place.addEventListener("keydown", ({ key, target, ctrlKey, metaKey, altKey }) => {
      if (deck.knew.hidden || target === deck.lesson || ctrlKey || metaKey || altKey) return;
      if (key === "k" || key === "a") answered(key === "k");
    });
    deck.lesson.addEventListener("change", () => { store.set(CHOSEN, deck.lesson.value); deal(); });
    deck.reset.addEventListener("click", () => {
      if (!confirm("Forget which cards you knew?")) return;
      progress.set(Object.fromEntries(lessons.flatMap(({ cards }) => cards).map((card) => [card.id])), "cards");
      store.remove(BEGUN);
      deal();
    });
    deal();
  }

  if (typeof document$ !== "undefined") document$.subscribe(start);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
