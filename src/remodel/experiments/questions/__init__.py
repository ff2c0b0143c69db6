"""Draws questions from families: Alembic's own run of the migration says which option is right."""
