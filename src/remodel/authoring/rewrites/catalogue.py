"""Every rewrite that there is."""

from remodel.authoring.rewrites import identity, models, revisions, scripts, splits, sql, text
from remodel.authoring.rewrites.rewrite import Rewrite

_MODULES = (text, identity, revisions, sql, splits, models, scripts)

REWRITES: tuple[Rewrite, ...] = tuple(
    each for module in _MODULES for each in vars(module).values() if isinstance(each, Rewrite)
)
