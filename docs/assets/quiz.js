/* Quizzes: brings the forms of remodel.site.markup to life. Without this file they can be read. */
(function () {
  "use strict";
  /* What is remembered, in the one record of progress.js. */
  const progress = window.remodelProgress;
  const WORDS = {
    choose: "Choose an option first.",
    right: "✓ Right.",
    wrong: "✗ Not this one.",
    retry: "Choose again, or open the reasons below.",
    predicted: "✓ As you predicted.",
    otherwise: "What happens:",
    guess: "← your prediction",
    happens: "✓ this is what happens",
  };

  const options = (form) => [...form.querySelectorAll(".quiz-option")];
  const input = (option) => option.querySelector("input");
  const buttons = (form) => ({
    box: form.querySelector(".quiz-buttons"),
    again: form.querySelector("[type=reset]"),
  });

  function mark(option, text, kind) {
    unmark(option);
    const note = document.createElement("strong");
    note.className = "quiz-mark";
    note.textContent = " " + text;
    option.querySelector("label").append(note);
    option.dataset.marked = kind;
  }
  function unmark(option) {
    option.querySelector(".quiz-mark")?.remove();
    delete option.dataset.marked;
  }

  function say(form, text, reason) {
    const status = form.querySelector(".quiz-status");
    status.textContent = text;
    if (reason) status.append(" ", ...reason.cloneNode(true).childNodes);
  }
  /* What one option says. */
  const textOf = (option) => {
    const copy = option.querySelector("label").cloneNode(true);
    copy.querySelector(".quiz-mark")?.remove();
    return copy;
  };
  /* The reason of one option, without the verdict that begins it. */
  function reasonOf(form, value) {
    const copy = form.querySelector(`[data-reason="${CSS.escape(value)}"] p:last-child`).cloneNode(true);
    copy.querySelector("strong").remove();
    return copy;
  }

  function judge(form) {
    options(form).forEach(unmark);
    const chosen = options(form).find((option) => input(option).checked);
    if (!chosen) return say(form, WORDS.choose);
    const right = "right" in chosen.dataset;
    const value = input(chosen).value;
    if (form.dataset.kind === "predict") {
      const happens = options(form).find((each) => "right" in each.dataset);
      say(form, right ? WORDS.predicted : WORDS.otherwise, right ? null : textOf(happens));
      form.querySelector(".quiz-status").append(" ", ...reasonOf(form, input(happens).value).childNodes);
      mark(happens, WORDS.happens, "right");
      if (!right) mark(chosen, WORDS.guess, "guess");
    } else {
      mark(chosen, right ? WORDS.right : WORDS.wrong, right ? "right" : "wrong");
      say(form, right ? WORDS.right : WORDS.wrong, reasonOf(form, value));
      if (!right) form.querySelector(".quiz-status").append(" ", WORDS.retry);
    }
    if (right || form.dataset.kind === "predict") form.querySelector(".quiz-reasons").open = true;
    buttons(form).again.hidden = false;
    form.dataset.answered = "";
    keep(form, value, right || form.dataset.kind === "predict", chosen.dataset.belief);
    tally();
  }
  /* Of a drawn question, the first answer shows what somebody believes; later ones were helped. */
  function keep(form, value, done, belief = "") {
    const { family, beliefs, question } = form.dataset;
    if (!family) return progress.answer(question, value, done);
    if (value && !("counted" in form.dataset)) progress.believe(family, beliefs.split(" "), belief ? [belief] : []);
    form.dataset.counted = "";
  }

  function clear(form) {
    options(form).forEach(unmark);
    say(form, "");
    form.querySelector(".quiz-reasons").open = false;
    delete form.dataset.answered;
    keep(form, "", false);
    tally();
    input(options(form)[0]).focus();
    buttons(form).again.hidden = true;
  }

  function restore(form) {
    if (form.dataset.family) return;
    const value = progress.get("questions", form.dataset.question)?.choice;
    const option = options(form).find((each) => input(each).value === value);
    if (!option) return;
    input(option).checked = true;
    judge(form);
  }

  /* "3 of 6 answered", under the page's last question. */
  function tally() {
    const forms = [...document.querySelectorAll("form.quiz")];
    if (forms.length < 2) return;
    let line = document.querySelector(".quiz-tally");
    if (!line) {
      line = document.createElement("p");
      line.className = "quiz-tally";
      forms.at(-1).after(line);
    }
    const answered = forms.filter((form) => "answered" in form.dataset).length;
    line.textContent = `${answered} of ${forms.length} questions on this page answered.`;
  }

  function start() {
    const fresh = [...document.querySelectorAll("form:is(.quiz, .drawn):not([data-ready])")];
    fresh.forEach((form) => {
      form.dataset.ready = "";
      buttons(form).box.hidden = false;
      form.addEventListener("submit", (event) => { event.preventDefault(); judge(form); });
      /* Another choice is no answer yet: what was said of the last one goes. */
      form.addEventListener("change", () => { options(form).forEach(unmark); say(form, ""); });
      form.addEventListener("reset", () => setTimeout(() => clear(form)));
      restore(form);
    });
    if (fresh.length) tally();
  }

  /* The theme swaps pages without loading them again and says so by document$. From a file it may not. */
  if (typeof document$ !== "undefined") document$.subscribe(start);
  document.addEventListener("unpacked", start);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
