"""Myth 15: Flask-Migrate does the migrating, and has all that Alembic has."""

from inspect import signature

from alembic import command


def test_the_work_is_alembics_and_the_command_has_less(house):
    assert "from alembic import op" in house.revision_text("0001")
    assert "flask_migrate" not in house.revision_text("0001")
    assert "check_heads" in signature(command.current).parameters  # `alembic current` has it
    refused = house.flask("db", "current", "--check-heads")
    assert refused.exit_code == 2 and "No such option" in refused.stderr
