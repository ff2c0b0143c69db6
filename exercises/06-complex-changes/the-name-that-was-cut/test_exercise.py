"""Grades "A name that nobody can drop": two databases have two names for one rule."""

import pytest


@pytest.mark.needs("test_the_schema_is_the_goal")
@pytest.mark.misconception("a-name-is-what-the-revision-says")
def test_staging_gets_the_short_name(project):
    """Where SQLAlchemy has shortened the name, the rule has the same short name afterwards."""
    project.deployment("staging").upgrade().must_be_in_order()
