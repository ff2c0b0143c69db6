"""Where everything lies: the only module that knows the folders and the file names of a course."""

import os
from dataclasses import dataclass
from pathlib import Path

#: The package of the sample app, in every lesson and exercise. Its database is called so, too.
APP = "hearth"
FACTORY = "hearth/__init__.py"
MODELS = f"{APP}/models.py"
#: What an app consists of.
MIGRATIONS = "migrations"
#: What Alembic runs for each command.
ENV = f"{MIGRATIONS}/env.py"
APP_TREES = (APP, MIGRATIONS)
APP_FILES = ("wsgi.py", "rows.sql")
#: Where an app keeps its databases.
INSTANCE = "instance"
#: The files of a lesson that are about it, beside its app.
LESSON_TOML, QUIZ, CARDS, TRANSCRIPTS = "lesson.toml", "quiz.toml", "cards.toml", "transcripts"
#: Each database that a reader of a lesson begins with, as the SQL that makes it.
BEGINS = "begins"
EXERCISE_TOML = "exercise.toml"
#: What `remodel pack` puts beside the files of an answer.
HANDIN_TOML = "handin.toml"
#: The page of a lesson, of an exercise and of a solution.
PAGE = "README.md"
#: This file lies in src/remodel/course of a checkout.
_CHECKOUT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Layout:
    """The folders and files of one checkout of the course."""

    root: Path

    @classmethod
    def here(cls) -> "Layout":
        """The course that $REMODEL_COURSE names, or else the checkout that this package is of."""
        named = os.environ.get("REMODEL_COURSE")
        return cls(Path(named).resolve() if named else _CHECKOUT)

    @classmethod
    def around(cls, exercise: Path) -> "Layout":
        """The course in which `exercise` is the folder of an exercise."""
        # exercises/LESSON/SLUG
        return cls(exercise.parents[2])

    def relative(self, path: Path) -> str:
        """`path`, which lies in the course, as a reader of the course would write it."""
        return path.relative_to(self.root).as_posix()

    # -- what learners read and work in ----------------------------------------------------------

    @property
    def lessons(self) -> Path:
        """A folder for each lesson, with its app."""
        return self.root / "lessons"

    @property
    def exercises(self) -> Path:
        """A folder for each lesson, in it one for each exercise."""
        return self.root / "exercises"

    @property
    def solutions(self) -> Path:
        """The shipped solutions, laid out like the exercises."""
        return self.root / "solutions"

    def solution_page(self, lesson: str, slug: str) -> Path:
        """What the shipped solution of an exercise does, and what else is right."""
        return self.solutions / lesson / slug / PAGE

    @property
    def notebooks(self) -> Path:
        """A notebook for each lesson."""
        return self.root / "notebooks"

    @property
    def notebook_steps(self) -> Path:
        """What a notebook brings where nobody wrote anything: a folder for each step."""
        return self.notebooks / "steps"

    @property
    def playground(self) -> Path:
        """Where exercises are laid out for the learner."""
        return self.root / "playground"

    def played(self, lesson: int, end: bool = False) -> Path:
        """Where the app of a lesson is laid out: as the lesson begins, or as it ends."""
        return self.playground / f"lesson-{lesson}{'-end' if end else ''}"

    @property
    def own_notebooks(self) -> Path:
        """The learner's copies of the notebooks."""
        return self.playground / "notebooks"

    @property
    def progress(self) -> Path:
        """What the learner has done so far."""
        return self.playground / "progress.json"

    @property
    def backups(self) -> Path:
        """What `remodel reset` keeps."""
        return self.playground / "backups"

    @property
    def state_schema(self) -> Path:
        """The shape of what `remodel show --json` prints."""
        return self.docs / "show.schema.json"

    @property
    def families(self) -> Path:
        """The families of questions: a file each."""
        return self.docs / "questions"

    @property
    def beliefs(self) -> Path:
        """What their wrong options show that somebody believes."""
        return self.families / "beliefs.toml"

    @property
    def inventory(self) -> Path:
        """The questions that are asked before the course and after it."""
        return self.families / "inventory.toml"

    def drawn(self, lesson: str) -> Path:
        """Questions of a lesson that were drawn, for its page on the site."""
        return self.families / "drawn" / f"{lesson}.json"

    # -- what graders read and what keeps them honest --------------------------------------------

    @property
    def misconceptions(self) -> Path:
        """What people believe that is not so, with the sentence that puts it right."""
        return self.exercises / "misconceptions.toml"

    @property
    def pytest_settings(self) -> Path:
        """The settings of a grading's own pytest."""
        return self.exercises / "pytest.ini"

    @property
    def manifest(self) -> Path:
        """A digest of each file that a grading reads, as the course ships it."""
        return self.exercises / "manifest.json"

    @property
    def answers(self) -> Path:
        """Wrong and right answers, laid out like the exercises."""
        return self.root / "tests" / "answers"

    @property
    def verdicts(self) -> Path:
        """What refused which wrong answer and mutant, and in what words: a file an exercise."""
        return self.docs / "verdicts"

    # -- the site --------------------------------------------------------------------------------

    @property
    def site_settings(self) -> Path:
        """What MkDocs is told, and the order of the pages."""
        return self.root / "mkdocs.yml"

    @property
    def site(self) -> Path:
        """The built site."""
        return self.root / "site"

    @property
    def docs(self) -> Path:
        """The pages of the site."""
        return self.root / "docs"

    @property
    def myths(self) -> Path:
        """The questions about what people believe."""
        return self.docs / "myths.toml"

    @property
    def error_messages(self) -> Path:
        """The error messages that the reference explains."""
        return self.docs / "errors.toml"

    @property
    def error_pages(self) -> Path:
        """The page of each of them."""
        return self.docs / "errors"

    @property
    def commands(self) -> Path:
        """What the reference says of each `flask db` command."""
        return self.docs / "commands.toml"

    @property
    def glossary(self) -> Path:
        """The terms of the field."""
        return self.docs / "glossary.toml"

    @property
    def style_sheet(self) -> Path:
        """The look of the site; its tokens stand at the top."""
        return self.docs / "assets" / "course.css"

    @property
    def activities(self) -> Path:
        """What there is to do on each page of the site, as a script of it."""
        return self.docs / "assets" / "activities.js"

    @property
    def site_progress(self) -> Path:
        """The page of the learner's progress, in a site that opens from files."""
        return self.site / "progress.html"

    @property
    def tooltips(self) -> Path:
        """The terms as the site's Markdown looks for them."""
        return self.docs / "abbreviations.txt"

    @property
    def dialect_cases(self) -> Path:
        """The migrations that are run on three databases."""
        return self.docs / "dialects-cases.toml"

    @property
    def dialect_outcomes(self) -> Path:
        """What came of each of them."""
        return self.docs / "dialects.json"

    @property
    def autogenerate_cases(self) -> Path:
        """The changes of a model that autogenerate is tried on."""
        return self.docs / "autogenerate-cases.toml"

    @property
    def autogenerate_outcomes(self) -> Path:
        """What came of each case on each database."""
        return self.docs / "autogenerate.json"

    @property
    def experiments(self) -> Path:
        """What the experiments showed that a question or an error message names."""
        return self.docs / "experiments.json"

    @property
    def transcripts(self) -> Path:
        """The transcripts of the pages in docs/; a lesson keeps its own."""
        return self.docs / TRANSCRIPTS

    @property
    def diagrams(self) -> Path:
        """Sources and drawings."""
        return self.docs / "diagrams"

    @property
    def social_card(self) -> Path:
        """What another site shows of a link to this one; its PNG lies beside it."""
        return self.docs / "assets" / "card.svg"

    @property
    def drawings(self) -> Path:
        """The house as it stands in each lesson, drawn by hand."""
        return self.docs / "drawings"

    @property
    def pictures(self) -> Path:
        """The app as each lesson leaves it, as a picture."""
        return self.docs / "pictures"

    @property
    def pictures_record(self) -> Path:
        """What each of them was made of."""
        return self.docs / "pictures.json"

    @property
    def notebook_pages(self) -> Path:
        """The site's page of each notebook."""
        return self.docs / "notebooks"

    @property
    def teaching_plans(self) -> Path:
        """A plan for instructors for each lesson."""
        return self.docs / "teach"

    @property
    def git_attributes(self) -> Path:
        """What git, and whoever shows a change, should know of a file."""
        return self.root / ".gitattributes"

    @property
    def constraints(self) -> Path:
        """The version of every package."""
        return self.root / "constraints.txt"

    @property
    def verdict_cache(self) -> Path:
        """What authors and the gate graded before."""
        return self.root / ".cache" / "verdicts"

    @property
    def npm_cache(self) -> Path:
        """What the site fetched from npm."""
        return self.root / ".cache" / "npm"


def database_file(folder: Path, bind: str = "") -> Path:
    """Where the app in `folder` keeps the database of `bind` unless the environment says."""
    return folder / INSTANCE / f"{bind or APP}.db"


def database_variable(bind: str = "") -> str:
    """What names the database of `bind` to the app, where it is none in its own folder."""
    return f"{bind.upper()}_DATABASE_URL" if bind else "DATABASE_URL"


#: What is added to the name of a file to have the course's text beside a learner's own.
COURSE_COPY = ".course"


def kept_folder(folder: Path) -> Path:
    """Where the playground `folder` keeps copies of its databases; it is not handed in."""
    return folder / ".remodel"


def is_app(folder: Path) -> bool:
    """Whether an app of the course lies in `folder`."""
    return (folder / FACTORY).is_file()
