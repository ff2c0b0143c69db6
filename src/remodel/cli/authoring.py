"""`remodel dev`: the commands for those who write lessons and exercises."""

import os
import sys
from pathlib import Path

import click

from remodel.cli.seconds import Seconds
from remodel.course.catalog import find_course
from remodel.errors import NotGraded, RemodelError
from remodel.wrapping import WIDTH

AT_LEAST_ONE = click.IntRange(min=1)


@click.group()
def dev() -> None:
    """For authors: make, check and refresh lessons and exercises."""
    # What is recorded has the width of a page, not that of the author's terminal.
    os.environ["COLUMNS"] = str(WIDTH)


@dev.command()
@click.argument("slugs", nargs=-1)
@click.option(
    "--seeds",
    type=AT_LEAST_ONE,
    default=1,
    show_default=True,
    help="How many seeds for each answer.",
)
@click.option("--first-seed", default=1, show_default=True)
@click.option("--jobs", type=AT_LEAST_ONE, show_default="one more than there are cores")
@click.option(
    "--limit",
    type=Seconds(),
    default=10.0,
    show_default=True,
    help="Seconds for each command.",
)
@click.option("--fresh", is_flag=True, help="Grade again what was graded before.")
@click.option("--write", is_flag=True, help="Write verdicts and messages to docs/verdicts.")
def check(
    slugs: tuple[str, ...],
    seeds: int,
    first_seed: int,
    jobs: int | None,
    limit: float,
    fresh: bool,
    write: bool,
) -> None:
    """Grade every shipped answer and hold the content rules."""
    from remodel.authoring.kill_matrix import check_exercises
    from remodel.authoring.verdicts_file import publish

    catalog = find_course()
    exercises = [catalog.exercise(slug) for slug in slugs] or list(catalog.exercises.values())
    if not exercises:
        raise RemodelError("There is no exercise to check.")
    problems = 0
    chosen = list(range(first_seed, first_seed + seeds))
    for report in check_exercises(catalog, exercises, chosen, jobs, limit, fresh):
        problems += len(report.problems)
        mark = "✗" if report.problems else "✓"
        count = f"{len(report.verdicts)} verdicts, {report.known} of them known"
        click.echo(f"{mark} {report.exercise}: {count} ({report.seconds:.1f} s)")
        for problem in report.problems:
            click.echo(f"    {problem}")
        if write and report.to_publish:
            publish(catalog, catalog.exercise(report.exercise), report.to_publish)
    sys.exit(1 if problems else 0)


@dev.command()
@click.argument("slugs", nargs=-1)
@click.option("--jobs", type=AT_LEAST_ONE, show_default="one more than there are cores")
@click.option("--fresh", is_flag=True, help="Grade again what was graded before.")
@click.option("--write", is_flag=True, help="Write what survived to docs/verdicts.")
def attack(slugs: tuple[str, ...], jobs: int | None, fresh: bool, write: bool) -> None:
    """Grade mechanical faults in each solution; name those that nothing refuses."""
    from remodel.authoring.mutants.attack import attack_all, on_mutants
    from remodel.authoring.verdicts_file import publish

    catalog = find_course()
    exercises = [catalog.exercise(slug) for slug in slugs] or list(catalog.exercises.values())
    unexplained = 0
    for outcome in attack_all(catalog, exercises, jobs, fresh):
        problems = len(outcome.unexplained) + len(outcome.stale)
        unexplained += problems
        count = f"{outcome.made} mutants, {len(outcome.survived)} equivalent"
        click.echo(
            f"{'✗' if problems else '✓'} {outcome.exercise}: {count} ({outcome.seconds:.1f} s)"
        )
        for name in outcome.unexplained:
            click.echo(f"    survives: {name}")
        for name in outcome.stale:
            click.echo(f"    has a reason, and is refused or gone: {name}")
        if write and not problems:
            publish(catalog, catalog.exercise(outcome.exercise), on_mutants(outcome))
    sys.exit(1 if unexplained else 0)


@dev.command()
@click.argument("slugs", nargs=-1)
@click.option("--sample", type=AT_LEAST_ONE, help="Try so many of each catalogue, and not all.")
@click.option("--jobs", type=AT_LEAST_ONE, show_default="one more than there are cores")
@click.option("--fresh", is_flag=True, help="Grade again what was graded before.")
@click.option("--write", is_flag=True, help="Write both rates to docs/verdicts.")
def spoil(
    slugs: tuple[str, ...], sample: int | None, jobs: int | None, fresh: bool, write: bool
) -> None:
    """Grade each solution with rows, values and schema spoiled; name what nothing refuses."""
    from remodel.authoring.mutants.spoilers import on_spoilers, try_all_spoilers
    from remodel.authoring.verdicts_file import publish

    catalog = find_course()
    exercises = [catalog.exercise(slug) for slug in slugs] or list(catalog.exercises.values())
    of_a = 0
    for outcome in try_all_spoilers(catalog, exercises, sample or 0, jobs, fresh):
        if not outcome.made:
            continue
        missed = [refused != counted for refused, counted in map(outcome.rate, "AB")]
        of_a += missed[0]
        rates = ", ".join(f"{x} {' of '.join(map(str, outcome.rate(x)))}" for x in "AB")
        seconds = f"{len(outcome.equivalent)} equivalent ({outcome.seconds:.1f} s)"
        click.echo(f"{'✗' if any(missed) else '✓'} {outcome.exercise}: {rates}, {seconds}")
        for name in outcome.survived:
            click.echo(f"    survives: {name}")
        if write:
            publish(catalog, catalog.exercise(outcome.exercise), on_spoilers(outcome))
    sys.exit(1 if of_a else 0)


@dev.command()
@click.argument("slugs", nargs=-1)
@click.option("--only", "names", multiple=True, help="A rewrite's name; may be given again.")
@click.option("--jobs", type=AT_LEAST_ONE, show_default="one more than there are cores")
@click.option("--fresh", is_flag=True, help="Grade again what was graded before.")
@click.option("--write", is_flag=True, help="Write what was accepted to docs/verdicts.")
def rewrite(
    slugs: tuple[str, ...], names: tuple[str, ...], jobs: int | None, fresh: bool, write: bool
) -> None:
    """Grade each solution as other people write it; name what is refused."""
    from remodel.authoring.rewrites.trial import on_rewrites, try_all
    from remodel.authoring.verdicts_file import publish

    catalog = find_course()
    exercises = [catalog.exercise(slug) for slug in slugs] or list(catalog.exercises.values())
    refused = 0
    for trial in try_all(catalog, exercises, names, jobs, fresh):
        problems = len(trial.refused) + len(trial.stale)
        refused += problems
        mark = "✗" if problems else "✓"
        count = f"{len(trial.made)} rewrites, {len(trial.ruled_out)} ruled out"
        click.echo(f"{mark} {trial.exercise}: {count} ({trial.seconds:.1f} s)")
        for name, reason in trial.refused.items():
            click.echo(f"    refused: {name}: {reason[:300]}")
        for name in trial.stale:
            click.echo(f"    is ruled out, and accepted or gone: {name}")
        if write and not problems and not names:
            publish(catalog, catalog.exercise(trial.exercise), on_rewrites(trial))
    sys.exit(1 if refused else 0)


@dev.command()
@click.argument("lesson")
@click.argument("slug")
def new(lesson: str, slug: str) -> None:
    """Make the folders and files of a new exercise, ready to be filled in."""
    from remodel.authoring.scaffold import new_exercise
    from remodel.site.refresh import write_manifest

    for path in new_exercise(find_course(), lesson, slug):
        click.echo(f"made {path}")
    write_manifest(find_course())  # an author can begin it at once


@dev.command("keep-answer")
@click.argument("slug")
@click.argument("name")
@click.option(
    "--from",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Another folder than your playground.",
)
def keep_answer(slug: str, name: str, folder: Path | None) -> None:
    """Keep your playground of SLUG as wrong/NAME or right/NAME: as edits of the solution."""
    from remodel.authoring.keep_answer import keep_answer as keep
    from remodel.playground.places import playground_of

    catalog = find_course()
    exercise = catalog.exercise(slug)
    place = folder or playground_of(catalog, exercise)
    if not place.is_dir():
        raise NotGraded(f"You have not started {slug}. Run: remodel start {slug}")
    for path in keep(catalog, exercise, name, place):
        click.echo(f"made {path}")
    click.echo(f"Say in its answer.toml what it is. Then run: remodel dev check {slug}")


@dev.command()
@click.argument("lessons", nargs=-1)
@click.option("--check", "only_check", is_flag=True, help="Change nothing; say what is stale.")
def refresh(lessons: tuple[str, ...], only_check: bool) -> None:
    """Carry files forward through the lessons, rerun transcripts, refill snippets.

    With LESSONS, such as 05-history-and-versions or 5, only their transcripts are rerun.
    """
    from remodel.site import refresh as generated

    catalog = find_course()
    lines = generated.stale(catalog) if only_check else generated.refresh(catalog, lessons)
    for line in lines:
        click.echo(line)
    sys.exit(1 if only_check and lines else 0)


@dev.command()
@click.argument("lessons", nargs=-1)
@click.option("--write", is_flag=True, help="Write what the terminal shows, and leaves behind.")
def walk(lessons: tuple[str, ...], write: bool) -> None:
    """Type each lesson's pages into a terminal; say where they show something else.

    With LESSONS, such as 1, only those. Only boxes that are headed "Type" are typed.
    """
    from remodel.cli import walks
    from remodel.course.edits import diff_lines

    catalog, stale = find_course(), 0
    for lesson in walks.to_walk(catalog, lessons):
        with walks.walk(catalog, lesson) as way:
            for page, text in way.typed(lesson).items():
                before = page.read_text(encoding="utf-8")
                stale += text != before
                names = (catalog.layout.relative(page), "what a terminal shows")
                for line in diff_lines(before, text, names):
                    click.echo(line)
                if write:
                    page.write_text(text, encoding="utf-8", newline="\n")
            if write:
                following = walks.following(catalog, lesson)
                for place in walks.hand_over(way.app, following) if following else ():
                    click.echo(f"wrote {catalog.layout.relative(place)}")
    sys.exit(1 if stale and not write else 0)


@dev.command()
@click.argument("names", nargs=-1)
@click.option("--write", is_flag=True, help="Keep what they show in docs/experiments.json.")
def experiments(names: tuple[str, ...], write: bool) -> None:
    """Run the experiments that pages name; say which shows something else.

    With NAMES, only the tests whose path or name has one of them in it.
    """
    from remodel.course.proof import read_shown, shown_text
    from remodel.experiments.recording import claimed, record

    catalog = find_course()
    tests, place = claimed(catalog), catalog.layout.experiments
    chosen = [each for each in tests if not names or any(name in each for name in names)]
    if not chosen:
        raise RemodelError("No experiment is called like that. They lie in tests/experiments.")
    kept, shown = read_shown(place), record(catalog.root, chosen)
    other = [test for test in chosen if kept.get(test) != shown[test]]
    for test in other:
        click.echo(test if write else f"{test} shows something else than {place.name}.")
    if write:
        # What no page names any more goes.
        kept = {test: text for test, text in kept.items() if test in tests}
        place.write_text(shown_text(kept | shown), encoding="utf-8", newline="\n")
    sys.exit(1 if other and not write else 0)


@dev.command()
@click.option("--write", is_flag=True, help="Keep them in docs/questions/drawn, for the site.")
def questions(write: bool) -> None:
    """Draw the questions of the lessons' pages; say which are others than those kept."""
    from remodel.course.drawn import drawn_text
    from remodel.course.families import Families
    from remodel.experiments.questions.drawing import for_page

    catalog = find_course()
    families, stale = Families(catalog), list[str]()
    for name in filter(families.of_lesson, catalog.lessons):
        text, place = drawn_text(for_page(families, name)), catalog.layout.drawn(name)
        if not place.exists() or place.read_text(encoding="utf-8") != text:
            stale.append(catalog.layout.relative(place))
        if write:
            place.parent.mkdir(exist_ok=True)
            place.write_text(text, encoding="utf-8", newline="\n")
    click.echo("\n".join(stale), nl=bool(stale))
    sys.exit(1 if stale and not write else 0)


@dev.command()
def manifest() -> None:
    """Write down what a grading reads, as it is today: exercises/manifest.json.

    `refresh` does it, too. Learners' gradings compare their course with it.
    """
    from remodel.site import refresh as generated

    for line in generated.write_manifest(find_course()):
        click.echo(line)


@dev.command()
@click.argument("names", nargs=-1)
def diagrams(names: tuple[str, ...]) -> None:
    """Draw docs/diagrams/NAME.mmd as SVG: those that changed, or those named.

    A lesson's number, such as 5, names all of its diagrams.
    """
    from remodel.site.chosen import chosen_files
    from remodel.site.diagrams import drawing, social_card, sources

    layout = find_course().layout
    to_draw = chosen_files("diagram", sources.sources(layout), names)
    if not names:
        to_draw = [each for each in to_draw if sources.is_stale(each)]
    for line in drawing.draw(to_draw, layout.npm_cache):
        click.echo(line)
    if not names and social_card.card_is_stale(layout):
        click.echo(social_card.draw_card(layout))


@dev.command()
@click.argument("numbers", nargs=-1)
def pictures(numbers: tuple[str, ...]) -> None:
    """Take a picture of Hearth as each lesson leaves it: those that are stale, or NUMBERS."""
    from remodel.site.pictures import stale_pictures, take_pictures

    catalog = find_course()
    lessons = [catalog.lesson(each) for each in numbers] or stale_pictures(catalog)
    for line in take_pictures(catalog, lessons):
        click.echo(line)


@dev.command()
@click.argument("names", nargs=-1)
@click.option("--write", is_flag=True, help="Write the pages to docs/notebooks.")
def notebooks(names: tuple[str, ...], write: bool) -> None:
    """Run each notebook; say which page of the site is not what it prints, or write it.

    With NAMES, such as 05-history-and-versions or 5, only those are run.
    """
    from remodel.site import notebooks as notebook_pages
    from remodel.site.chosen import chosen_files

    catalog = find_course()
    stale = 0
    for notebook in chosen_files("notebook", notebook_pages.notebooks(catalog), names):
        for file, text in notebook_pages.render_notebook(catalog, notebook).items():
            if file.exists() and file.read_text(encoding="utf-8") == text:
                continue
            stale += 1
            click.echo(f"{'wrote' if write else 'stale:'} {file.relative_to(catalog.root)}")
            if write:
                file.write_text(text, encoding="utf-8", newline="\n")
    sys.exit(1 if stale and not write else 0)


@dev.command()
@click.argument("cases", nargs=-1)
@click.option("--write", is_flag=True, help="Write what came of them to docs/autogenerate.json.")
def autogenerate(cases: tuple[str, ...], write: bool) -> None:
    """Try autogenerate on changes of a model, on SQLite, PostgreSQL and MariaDB.

    Only CASES of docs/autogenerate-cases.toml, or all of them; --write keeps what was not tried.
    """
    from remodel.cli.trials import tried
    from remodel.course.autogenerate_cases import outcomes_text, read_outcomes, select_cases

    layout = find_course().layout
    file = layout.autogenerate_outcomes
    outcomes = read_outcomes(file) if file.exists() else {}
    for engine, tried_now in tried(select_cases(layout.autogenerate_cases, cases)):
        outcomes.setdefault(engine, {}).update(tried_now)
        for case, outcome in tried_now.items():
            click.echo(f"{engine:10}  {outcome.outcome:20}  {case}")
        if write:  # at once: the next database may be missing here
            file.write_text(outcomes_text(outcomes), encoding="utf-8")


@dev.command()
@click.argument("cases", nargs=-1)
@click.option("--write", is_flag=True, help="Write what came of them to docs/dialects.json.")
def dialects(cases: tuple[str, ...], write: bool) -> None:
    """Run the same migrations on SQLite, PostgreSQL and MariaDB.

    Only CASES of docs/dialects-cases.toml, or all of them; --write keeps what was not tried.
    """
    from remodel.cli.trials import tried_dialects
    from remodel.course.dialect_cases import (
        dialect_outcomes_text,
        read_dialect_outcomes,
        select_dialect_cases,
    )

    layout = find_course().layout
    file = layout.dialect_outcomes
    outcomes = read_dialect_outcomes(file) if file.exists() else {}
    for engine, tried_now in tried_dialects(select_dialect_cases(layout.dialect_cases, cases)):
        outcomes.setdefault(engine, {}).update(tried_now)
        for case, outcome in tried_now.items():
            click.echo(f"{engine:10}  {case:30}  {outcome.message or 'works'}")
        if write:  # at once: the next database may be missing here
            file.write_text(dialect_outcomes_text(outcomes), encoding="utf-8")


@dev.command("zip")
@click.argument("to", type=click.Path(path_type=Path), default=Path("dist/remodel-site.zip"))
def zipped(to: Path) -> None:
    """Pack a copy of the site that opens from a file, without a server or a network."""
    from remodel.site.offline import zip_site

    packed = zip_site(find_course().layout, to)
    click.echo(f"{packed}: {packed.stat().st_size / 1e6:.1f} MB. Unpack it and open index.html.")


@dev.command("release")
@click.argument("version")
def make_release(version: str) -> None:
    """Date the changelog, set VERSION, commit and tag: everything but the push."""
    from remodel.authoring.release import release

    tag = release(find_course().root, version)
    click.echo(f"Tagged {tag}. Look at it (git show {tag}), then: git push --follow-tags")
