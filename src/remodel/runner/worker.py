"""What runs beside a learner's code, in the process that the runner made for it.

It holds no seed, no solution and no reference; the grader believes nothing that it prints,
except for the pages' status codes, for which there is no other witness.
"""

import dataclasses
import functools
import json
import os
import re
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

from remodel.runner.wsgi_file import started_app

if TYPE_CHECKING:
    from flask.cli import FlaskGroup

    from remodel.runner.readings import Asked


def perform(argv: tuple[str, ...] | list[str]) -> int:
    """Do one task in the current folder and return its exit code.

    `flask …` is the real command, and `in-turn JSON` several of them in the same folder, up to
    the first one that fails; `release JSON COMMAND` is `flask release` with the variables of the
    JSON and something to read; `create-all` makes the models' own schema in the (empty) database;
    `visit NONCE JSON` asks every page and prints a line of JSON after the nonce;
    `explore NONCE JSON` and `repeat NONCE REQUESTS` use its forms, and print the requests;
    `mapped NONCE` prints what the ORM knows of the models, and the app's settings;
    `write NONCE JSON` writes and reads through the models, texts and other values;
    `revision-ids NONCE JSON` imports revision files and prints what names they bind;
    `failing JSON …` runs `flask …` with a failure injected, and `later …` with the app as it may be
    years from now; `detect NONCE` runs `flask db check` and prints what it detects; `x-ray NONCE …`
    runs `flask …` and prints which locks each statement took on PostgreSQL; `roll-out NONCE JSON`
    takes the steps of several releases, with apps that serve meanwhile, and prints what was
    answered; `amid WHAT …` does a task in such surroundings; `typed …` runs words as people do.
    """
    sys.dont_write_bytecode = True
    task, *rest = argv
    try:
        if task == "flask":
            return _flask(rest)
        if task == "in-turn":
            return next(filter(None, map(_flask, json.loads(rest[0]))), 0)
        if task == "release":
            return _release(json.loads(rest[0]), rest[1:])
        if task == "typed":
            return _typed(rest)
        if task == "roll-out":
            return _roll_out(*rest)
        sys.path.insert(0, str(Path.cwd()))
        code = _of_the_app(task, rest)
        if code is not None:
            return code
    except SystemExit as leaving:
        return _exit_code(leaving)
    except Exception:
        traceback.print_exc()
        return 1
    raise ValueError(f"no task is called {task}")


def _of_the_app(task: str, rest: list[str]) -> int | None:
    """Do a task that is no plain command of `flask`; None where there is none of that name."""
    if task == "create-all":
        return _create_all()
    if task == "visit":
        return _visit(rest[0], json.loads(rest[1]))
    if task == "explore":
        return _explore(rest[0], *json.loads(rest[1]))
    if task == "repeat":
        return _repeat(rest[0], rest[1])
    if task == "mapped":
        return _mapped(rest[0])
    if task == "write":
        return _write(rest[0], *json.loads(rest[1]))
    if task == "revision-ids":
        return _revision_ids(*rest)
    if task == "failing":
        return _failing(json.loads(rest[0]), rest[1:])
    if task == "later":
        return _later(rest)
    if task == "detect":
        return _detect(rest[0])
    if task == "x-ray":
        return _xray(*rest)
    if task == "amid":
        return _amid(*rest)
    return None


@functools.cache
def flask_commands() -> "FlaskGroup":
    """What the `flask` program runs, its plugins (`db` is one) loaded."""
    from flask.cli import FlaskGroup

    group = FlaskGroup(name="flask")
    # Reading every package's entry points takes 10 ms; a fork of the zygote finds it done.
    group._load_plugin_commands()
    return group


def _flask(arguments: list[str]) -> int:
    # As the program itself has it, whose place is beside Python's.
    sys.argv = [str(Path(sys.executable).with_name("flask")), *arguments]
    try:
        flask_commands().main(args=arguments, prog_name="flask")
    except SystemExit as leaving:
        return _exit_code(leaving)
    return 0


def _release(variables: dict[str, str], command: list[str]) -> int:
    from remodel.runner.witness import keep_what_is_given

    os.environ.update(variables)
    keep_what_is_given()
    return _flask(["release", "--", *command])


def _typed(words: list[str]) -> int:
    from remodel.runner.typed import run_typed

    return run_typed(words)


def _roll_out(mark: str, plan: str) -> int:
    from remodel.runner.rollout import packed, roll_out

    print(f"\n{mark}{json.dumps(packed(roll_out(*json.loads(plan))))}")
    return 0


def _amid(what: str, *task: str) -> int:
    from remodel.runner.surroundings import SURROUNDINGS

    with SURROUNDINGS[what]():
        return perform(task)


def _failing(where: dict[str, Any], arguments: list[str]) -> int:
    from remodel.runner.injected_failure import Failure, injected

    with injected(Failure(**where)):
        return _flask(arguments)


def _later(arguments: list[str]) -> int:
    from remodel.runner.later import years_later

    with years_later():
        return _flask(arguments)


def _detect(mark: str) -> int:
    from remodel.runner.detections import detections

    with detections() as seen:
        code = _flask(["db", "check"])
    print(mark + json.dumps(seen))
    return code


def _xray(mark: str, *arguments: str) -> int:
    from remodel.runner.lock_xray import lock_xray

    with lock_xray() as statements:
        try:
            return _flask(list(arguments))
        finally:  # what came before a failure was locked, too
            print(mark + json.dumps([dataclasses.asdict(each) for each in statements]))


def _exit_code(leaving: SystemExit) -> int:
    if leaving.code is None or isinstance(leaving.code, int):
        return leaving.code or 0
    print(leaving.code, file=sys.stderr)
    return 1


def _create_all() -> int:
    app = started_app()
    with app.app_context():
        app.extensions["sqlalchemy"].create_all()
    return 0


def _visit(nonce: str, ids: dict[str, list[int]]) -> int:
    app = started_app()
    client = app.test_client()
    seen: list[tuple[str, int, list[str]]] = []
    for path in _paths(app, ids):
        page = client.get(path)
        # A page that fails says what to type.
        words = re.findall("<code>(.*?)</code>", page.text) if page.status_code >= 400 else []
        seen.append((path, page.status_code, words))
    print(nonce + json.dumps(seen))
    return 0


def _explore(nonce: str, chosen: dict[str, list[int]], ids: dict[str, list[int]]) -> int:
    from remodel.runner.visitor import Visitor, packed

    app = started_app()
    print(nonce + packed(Visitor(app, _paths(app, ids)).explore(_paths(app, chosen))))
    return 0


def _repeat(nonce: str, requests: str) -> int:
    from remodel.runner.database_refusals import refusals_printed
    from remodel.runner.visitor import Visitor, packed, unpacked

    visitor = Visitor(started_app(), ())
    with refusals_printed(lambda: len(visitor.sent)):
        print(nonce + packed(visitor.repeat(unpacked(requests))))
    return 0


def _mapped(nonce: str) -> int:
    from remodel.runner.app_settings import app_settings
    from remodel.runner.mappers import mapped_attributes

    app = started_app()  # loads every model that it has
    print(nonce + json.dumps([mapped_attributes(), app_settings(app)]))
    return 0


def _revision_ids(nonce: str, question: str) -> int:
    from remodel.runner.revision_ids import revision_ids

    print(nonce + json.dumps(revision_ids(*json.loads(question)), default=list))
    return 0


def _write(nonce: str, texts: list[str], asked: "Asked") -> int:
    from remodel.runner.through_models import use_models

    app = started_app()
    with app.app_context():
        print(nonce + json.dumps(use_models(app.extensions["sqlalchemy"].session, texts, asked)))
    return 0


def _paths(app, ids: dict[str, list[int]]) -> list[str]:  # type: ignore[no-untyped-def]
    """Every GET page, each `<table>_id` argument filled from `ids[table]`."""
    paths = []
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if "GET" not in rule.methods or rule.endpoint == "static":
            continue
        tables = {argument: argument.removesuffix("_id") for argument in rule.arguments}
        if all(ids.get(table) for table in tables.values()):
            count = max((len(ids[table]) for table in tables.values()), default=1)
            for n in range(count):
                chosen = {a: ids[t][n % len(ids[t])] for a, t in tables.items()}
                paths.append(adapter.build(rule.endpoint, chosen))
    return sorted(set(paths))


if __name__ == "__main__":
    sys.exit(perform(sys.argv[1:]))
