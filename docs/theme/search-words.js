/* The theme asks its index for every word and whatever begins with it: "not" finds Notebooks. Words
   that say nothing are left out, and some give way to the word that the course has for it. */
(() => {
  const EMPTY = new Set(`a an and any are as at be but by can cannot do does for from has have how i if in is
    it my no not of on or so than that the then there this to was what when where which who why will with
    you your`.split(/\s+/));
  const MEANT = {
    undo: "downgrade", revert: "downgrade", rollback: "downgrade", roll: "downgrade",
    zero: "expand", stairway: "downgrade", detecting: "autogenerate", mysql: "mariadb",
    postgres: "postgresql", reset: "stamp", populate: "backfill",
  };
  /* Two words that mean one thing together: the course's word for that. */
  const TOGETHER = [
    [/^data migrations?$/, "backfill"],
    [/^advisory /, "advisory"],
    [/(?=.*\binvalid\b)(?=.*\bindex\b)/, "invalid"],
    [/(?=.*\b(kill|terminate|end)\b)(?=.*\b(session|connection|query))/, "holds lock"],
    [/(?=.*\b(rollback|roll|revert|undo)\b)(?=.*\b(code|deploy|deployment|release)\b)/, "yesterday's code"],
    [/(?=.*\b(big|huge|large)\b)(?=.*\btables?\b)/, "batches"],
  ];
  /* Every page is about them: beside another word they say nothing. */
  const EVERYWHERE = new Set(["migration", "migrations"]);
  const QUERY = 2;
  function asked(query) {
    if (/["+-]/.test(query)) return query;
    const words = query.split(/\s+/).filter(Boolean);
    const bare = (word) => word.replace(/\*$/, "").toLowerCase();
    const telling = words.filter((word) => !EMPTY.has(bare(word)));
    const rare = telling.filter((word) => !EVERYWHERE.has(bare(word)));
    const said = telling.map(bare).join(" ");
    const together = TOGETHER.find(([words]) => words.test(said));
    if (together) return together[1];
    const used = rare.length ? rare : telling;
    return used.map((word) => MEANT[bare(word)] ?? word).join(" ") || query;
  }
  const { postMessage } = Worker.prototype;
  Worker.prototype.postMessage = function (message, ...more) {
    const isQuery = message?.type === QUERY && typeof message.data === "string";
    return postMessage.call(this, isQuery ? { ...message, data: asked(message.data) } : message, ...more);
  };
})();
