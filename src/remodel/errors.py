"""The errors that Remodel shows as one clear message and exit code 2, without a traceback."""


class RemodelError(Exception):
    """Something given to Remodel is wrong: the message names the place and what to do."""


class CourseError(RemodelError):
    """A file of the course itself (exercise.toml, lesson.toml, answer.toml) is malformed."""


class NotGraded(RemodelError):
    """There is no verdict: not started, no server, or no runner that can do this exercise."""


class NotHandedIn(NotGraded):
    """Somebody handed in other exercises, and not this one: neither a fail nor an error."""


class NoServer(NotGraded):
    """There is no database server of the kind that is needed; the message says what to install."""
