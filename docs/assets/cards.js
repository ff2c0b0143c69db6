/* Cards: makes a deck of the tables on the page, and remembers in this browser what was known. */
(function () {
  "use strict";
  const KEY = "remodel:card:";
  const CHOSEN = "remodel:cards:lesson";
  /* A card in box n comes back after DAYS[n] days. Box 0 is today's. */
  const DAYS = [0, 1, 2, 4, 8, 16];

  const store = {
    get(key) { try { return localStorage.getItem(key); } catch { return null; } },
    set(key, value) { try { localStorage.setItem(key, value); } catch { /* no storage here */ } },
    remove(key) { try { localStorage.removeItem(key); } catch { /* no storage here */ } },
  };
  /* The learner's own calendar day, `days` from now, so that "tomorrow" begins at midnight. */
  function day(days) {
    const date = new Date();
    date.setDate(date.getDate() + days);
    return [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
  }
  function memory(card) {
    try {
      const { box, due } = JSON.parse(store.get(KEY + card.id));
      return box in DAYS && typeof due === "string" ? { box, due } : { box: 0, due: "" };
    } catch { return { box: 0, due: "" }; }
  }
  function remember(card, box) {
    store.set(KEY + card.id, JSON.stringify({ box, due: day(DAYS[box]) }));
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
        : `That is all for today. ${next ? `The next card comes back on ${next}.` : ""}`);
    }
    function deal() {
      queue = chosen().filter(isDue);
      show("front");
      tell();
    }
    /* What was pressed is hidden after it, so the focus goes on to what can be pressed next. */
    function answered(knew) {
      const card = queue.shift();
      const box = knew ? Math.min(memory(card).box + 1, DAYS.length - 1) : 0;
      remember(card, box);
      if (!knew) queue.push(card);
      show("front");
      tell(knew ? `It comes back in ${DAYS[box]} ${DAYS[box] === 1 ? "day" : "days"}. ` : "It comes back today. ");
      (queue.length ? deck.turn : deck.lesson).focus();
    }

    deck.turn.addEventListener("click", () => { show("back"); deck.status.textContent = deck.back.textContent; deck.knew.focus(); });
    deck.knew.addEventListener("click", () => answered(true));
    deck.again.addEventListener("click", () => answered(false));
    deck.lesson.addEventListener("change", () => { store.set(CHOSEN, deck.lesson.value); deal(); });
    deck.reset.addEventListener("click", () => {
      if (!confirm("Forget which cards you knew?")) return;
      lessons.flatMap(({ cards }) => cards).forEach((card) => store.remove(KEY + card.id));
      deal();
    });
    deal();
  }

  if (typeof document$ !== "undefined") document$.subscribe(start);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
