/* One progress: what was done on these pages and in the terminal, as one record in this browser.
   docs/author/progress.md tells its shape. Nothing is sent anywhere. */
(function () {
  "use strict";
  const KEY = "remodel:progress";
  const DAMAGED = `${KEY}:damaged`;
  const VERSION = 1;
  const SITE = new URL("..", document.currentScript.src).href;
  /* The days after which a card of each box comes back: as in cards.js. */
  const DAYS = [0, 1, 2, 4, 8, 16];
  /* What a learner seems to believe: as in remodel.playground.believing. */
  const HALF_LIFE = 30;
  const REJECTED = 0.4;
  const MOST = 3;
  const SEEMS = 0.5;
  /* The columns of the table on the page of the progress. */
  const KINDS = ["core", "more", "questions", "films", "cards"];
  const WORDS = {
    none: "That is no record of progress.",
    newer: "That record is of a newer version of this site. Reload the page, or update your copy.",
    damaged: "What this browser had kept could not be read. It is kept aside, and a new record is begun.",
    closed: "This browser keeps nothing here, as in a private window. Save a file before you close the page.",
    added: (fresh) => (fresh ? `Added: ${fresh} new here.` : "All of it was known here."),
    sure: "Forget everything that you did, in this browser?",
    forgotten: "Nothing is remembered here now.",
    on: "Go on where you were: ",
  };

  const isText = (value) => typeof value === "string" && value.length <= 200;
  const isDay = (value) => isText(value) && /^\d{4}-\d\d-\d\d$/.test(value);
  const FITS = {
    exercises: isDay,
    films: isDay,
    questions: (each) => each && isDay(each.done ?? "2000-01-01") && isText(each.choice ?? ""),
    cards: (each) => each && Number.isInteger(each.box) && each.box in DAYS && isDay(each.due),
    beliefs: (each) => each && each.score >= 0 && each.score <= MOST && isDay(each.day),
    families: (each) => each && Number.isInteger(each.asked) && each.asked >= 0 && isDay(each.day),
  };
  const fitsLast = (last) => last && isText(last.title) && isText(last.at ?? "")
    && /^(lessons\/[\w-]+|exercises\/[\w-]+\/[\w-]+)\/$/.test(last.page) && /^(#[\w-]+)?$/.test(last.hash ?? "");
  /* Of each thing the better: the first day, the later memory, and what the form here shows. */
  const first = (one, other) => (one && other && one > other ? other : one || other);
  const asked = ({ box, due }) => Date.parse(due) / 864e5 - DAYS[box];
  const later = (by) => (one, other) => (other.day > one.day || (other.day === one.day && other[by] > one[by]) ? other : one);
  const BETTER = {
    exercises: first,
    films: first,
    questions: (one, other) => ({ choice: one.choice || other.choice, done: first(one.done, other.done) }),
    cards: (one, other) => ((asked(other) - asked(one) || other.box - one.box) > 0 ? other : one),
    beliefs: later("score"),
    families: later("asked"),
  };

  /* What fits of `given`; what does not is left out. */
  function clean(given) {
    const made = { remodel: VERSION };
    for (const [kind, fits] of Object.entries(FITS)) {
      made[kind] = Object.fromEntries(Object.entries(given[kind] ?? {})
        .filter(([id, value]) => /^[a-z0-9][\w-]{0,99}$/i.test(id) && fits(value)));
    }
    if (fitsLast(given.last)) made.last = given.last;
    return made;
  }
  function parse(text) {
    let given;
    try { given = JSON.parse(text); } catch { /* it is something else */ }
    if (!(given?.remodel >= 1)) throw new Error(WORDS.none);
    if (given.remodel > VERSION) throw new Error(WORDS.newer);
    return clean(given);
  }

  let record = clean({});
  /* The text that `record` was read from; why nothing can be kept; what to say on the page. */
  let kept = null;
  let closed = "";
  let says = "";

  function read() {
    if (closed) return record;
    try {
      const text = localStorage.getItem(KEY);
      if (text === kept) return record;
      /* Another tab has written: what is stored is what holds. */
      kept = text;
      record = clean({});
      if (text !== null) record = parse(text);
    } catch ({ message }) {
      closed = message;
      if (message === WORDS.none) setAside();
      else if (message !== WORDS.newer) closed = WORDS.closed;
    }
    return record;
  }
  function setAside() {
    try {
      localStorage.setItem(DAMAGED, `${localStorage.getItem(DAMAGED) ?? ""}${kept}\n`);
      localStorage.removeItem(KEY);
      says = WORDS.damaged;
      kept = null;
      closed = "";
    } catch { closed = WORDS.closed; }
  }
  function store() {
    if (closed) return;
    const text = JSON.stringify(record);
    try { localStorage.setItem(KEY, text); kept = text; } catch { closed = WORDS.closed; }
  }
  function write() {
    store();
    draw();
  }
  function join(theirs) {
    const mine = read();
    let fresh = 0;
    for (const [kind, better] of Object.entries(BETTER)) {
      for (const [id, value] of Object.entries(theirs[kind])) {
        const own = mine[kind][id];
        mine[kind][id] = own ? better(own, value) : value;
        fresh += JSON.stringify(own) !== JSON.stringify(mine[kind][id]);
      }
    }
    if (theirs.last && !((mine.last?.at ?? "") > (theirs.last.at ?? ""))) mine.last = theirs.last;
    write();
    return WORDS.added(fresh);
  }
  /* Before there was one record, each answer and each card had a key of its own. */
  function migrate() {
    const old = { questions: {}, cards: {} };
    try {
      const keys = Object.keys(localStorage).filter((key) => /^remodel:(quiz|card):/.test(key));
      keys.forEach((key) => {
        const id = key.slice("remodel:quiz:".length);
        const text = localStorage.getItem(key);
        if (key.startsWith("remodel:quiz:")) old.questions[id] = { choice: text };
        else try { old.cards[id] = JSON.parse(text); } catch { /* it counted as none */ }
      });
      if (keys.length) join(clean(old));
      if (!closed) keys.forEach((key) => localStorage.removeItem(key));
    } catch { /* no storage here */ }
  }

  const today = () => {
    const date = new Date();
    return [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
  };
  /* What is left of the score of a belief. */
  const faded = (memory) => (memory ? memory.score * 0.5 ** (Math.max(0, (Date.parse(today()) - Date.parse(memory.day)) / 864e5) / HALF_LIFE) : 0);
  const get = (kind, id) => read()[kind][id];
  /* What has no value is forgotten. */
  function set(values, kind) {
    Object.assign(read()[kind], values);
    write();
  }
  window.remodelProgress = {
    get,
    set,
    /* A question keeps the day on which it was done, whatever is chosen later. */
    answer(id, choice, done) {
      const own = get("questions", id);
      if (own?.choice === choice && (own.done || !done)) return;
      set({ [id]: { choice, done: own?.done ?? (done ? today() : undefined) } }, "questions");
    },
    /* `chosen` is what the option chosen of `shown` stands for; the right one stands for nothing. */
    believe(family, shown, chosen) {
      const day = today();
      const known = read().beliefs;
      for (const id of shown) {
        let score = faded(known[id]);
        if (chosen.includes(id)) score = Math.min(MOST, score + 1);
        else if (!chosen.length) score *= REJECTED;
        if (known[id] || chosen.includes(id)) known[id] = { score: Math.round(score * 1000) / 1000, day };
      }
      set({ [family]: { asked: (get("families", family)?.asked ?? 0) + 1, day } }, "families");
    },
    watch: (id) => set({ [id]: get("films", id) ?? today() }, "films"),
  };

  /* -- what is shown of it -- */

  /* The page that an address leads to, seen from the top of the site; "index.html" is left out, as a server does. */
  const pageOf = (address) => (address.startsWith(SITE)
    ? address.slice(SITE.length).replace(/[?#].*/, "").replace(/(^|\/)index\.html$/, "$1").replace(/\.html$/, "/") : null);
  const all = () => Object.values(window.remodelActivities ?? {});
  const ids = (activities, kind) => activities[kind]?.split(" ") ?? [];
  function isDone(kind, id) {
    if (kind === "core" || kind === "more") return id in record.exercises;
    if (kind === "questions") return Boolean(record.questions[id]?.done);
    return kind === "cards" ? record.cards[id]?.box > 0 : id in record.films;
  }
  /* How much of some activities is done, and of how much. */
  const count = (some, kinds) => some.flatMap((each) => kinds.flatMap((kind) => ids(each, kind).map((id) => isDone(kind, id))))
    .reduce(([done, total], one) => [done + one, total + 1], [0, 0]);
  function stateOf(page) {
    const slug = /^exercises\/[^/]+\/([^/]+)\/$/.exec(page)?.[1];
    if (slug) return [Number(slug in record.exercises), 1];
    if (page === "quizzes/") return count(all().filter((each) => each.cards), ["questions"]);
    if (page === "cards/") return count(all(), ["cards"]);
    const own = window.remodelActivities?.[page];
    return own ? count([own], ["core", "questions", "films"]) : [0, 0];
  }
  function add(place, tag, text, name) {
    const made = document.createElement(tag);
    made.className = `done ${name}`;
    made.textContent = text;
    place.append(made);
    return made;
  }
  function tick(link) {
    const [done, total] = stateOf(pageOf(link.href));
    if (!done || link.hash) return;
    const mark = add(link, "span", done === total ? "✓" : `${done}/${total}`, "done-mark");
    mark.setAttribute("role", "img");
    mark.setAttribute("aria-label", done === total ? "done" : `${done} of ${total} done`);
  }
  function about(page, place) {
    const [done, total] = stateOf(page);
    if (!place || !done) return;
    const day = record.exercises[page.split("/")[2]];
    add(place, "span", ` · ${done === total ? "✓ " : ""}${day ? `passed on ${day}` : `${done} of ${total} done`}`, "done-about");
  }
  function goOn(place) {
    const { last } = read();
    if (!last || !place) return;
    const line = add(document.body, "p", WORDS.on, "done-last");
    const link = document.createElement("a");
    link.href = `${SITE}${last.page}${location.protocol === "file:" ? "index.html" : ""}${last.hash ?? ""}`;
    link.textContent = last.title;
    line.append(link);
    place.after(line);
  }
  function fill(table) {
    table.querySelectorAll("tbody tr").forEach((row) => {
      const own = window.remodelActivities?.[pageOf(row.querySelector("a")?.href ?? "")];
      KINDS.forEach((kind, at) => {
        const [done, total] = count([own ?? {}], [kind]);
        if (total) row.cells[at + 1].textContent = `${done === total ? "✓ " : ""}${done} of ${total}`.replaceAll(" ", "\u00a0");
      });
    });
  }
  function draw() {
    read();
    const page = pageOf(location.href);
    const article = document.querySelector("article");
    document.querySelectorAll(".done").forEach((each) => each.remove());
    document.querySelectorAll(".md-nav--primary a.md-nav__link").forEach(tick);
    if (!article) return;
    if (["", "lessons/", "exercises/", "progress/"].includes(page)) {
      article.querySelectorAll(":is(td, .tile) a").forEach(tick);
      if (page !== "exercises/") goOn(article.querySelector(".hero-words p:has(.md-button)") ?? article.querySelector("h1"));
    } else about(page, article.querySelector(".page-about"));
    const panel = article.querySelector(".progress");
    if (!panel) return;
    fill(article.querySelector("table"));
    panel.querySelector("[role=status]").textContent = says || closed;
    seems(article.querySelector("details:has([data-belief])"));
  }
  /* Of all beliefs on the page, those that the learner seems to have, above the others. */
  function seems(all) {
    const scores = Object.entries(record.beliefs).map(([id, memory]) => [faded(memory), all?.querySelector(`[data-belief="${id}"]`)])
      .filter(([score, place]) => score >= SEEMS && place).sort(([one], [other]) => other - one);
    if (!scores.length) return;
    const list = add(all.parentNode, "ul", "", "done-list");
    all.before(list);
    list.append(...scores.map(([, place]) => place.closest("li").cloneNode(true)));
  }

  /* -- the page of the progress -- */

  function say(text) {
    says = text;
    draw();
  }
  function take(text) {
    try { say(join(parse(text))); } catch ({ message }) { say(message); }
  }
  function save() {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(read(), null, 1)], { type: "application/json" }));
    link.download = "remodel-progress.json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }
  function bring(panel) {
    panel.innerHTML = `<p role="status"></p><p>
      <button type="button" class="md-button">Save it as a file</button>
      <button type="button" class="md-button">Load a file</button>
      <button type="button" class="md-button">Forget all of it</button>
      <input type="file" accept=".json" hidden></p>`;
    const [toFile, fromFile, forget] = panel.querySelectorAll("button");
    const input = panel.querySelector("input");
    toFile.addEventListener("click", save);
    fromFile.addEventListener("click", () => input.click());
    input.addEventListener("change", async () => { take(await input.files[0].text()); input.value = ""; });
    forget.addEventListener("click", () => {
      if (!confirm(WORDS.sure)) return;
      record = clean({});
      try {
        Object.keys(localStorage).filter((key) => key.startsWith("remodel:")).forEach((key) => localStorage.removeItem(key));
      } catch { /* no storage here */ }
      say(WORDS.forgotten);
    });
  }
  /* What `remodel progress --link` has put behind the # of the address; it does not stay there. */
  async function unpack() {
    const packed = /^#record=([\w-]*)/.exec(location.hash)?.[1];
    if (packed === undefined || !document.querySelector(".progress")) return;
    history.replaceState(history.state, "", location.pathname + location.search);
    try {
      const bytes = Uint8Array.from(atob(packed.replace(/-/g, "+").replace(/_/g, "/")), (each) => each.charCodeAt(0));
      const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
      take(await new Response(stream).text());
    } catch { say(WORDS.none); }
  }

  /* Where the reader is: the lesson or exercise, and the heading that the contents beside it mark. */
  function remember() {
    const page = pageOf(location.href);
    const title = document.querySelector("article h1")?.firstChild?.textContent.trim();
    const hash = document.querySelector(".md-nav--secondary .md-nav__link--active")?.hash;
    const last = { page, title, hash, at: new Date().toISOString() };
    if (fitsLast(last)) { read().last = last; store(); }
  }
  function start() {
    const panel = document.querySelector(".progress:empty");
    if (panel) bring(panel);
    draw();
    remember();
    unpack();
  }

  migrate();
  addEventListener("storage", draw);
  addEventListener("hashchange", unpack);
  addEventListener("pagehide", remember);
  document.addEventListener("click", ({ target }) => { if (target.closest?.("a")) remember(); }, true);
  if (typeof document$ !== "undefined") document$.subscribe(start);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
