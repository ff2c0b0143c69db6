"""Messages of `flask db upgrade` and `downgrade` on PostgreSQL."""


def test_postgresql_old_rows_have_no_value_for_a_required_column(served):
    served.add_column("size: Mapped[str]")
    served.flask("db", "migrate", "--rev-id", "0002", "-m", "size")
    assert "contains null values" in served.flask("db", "upgrade").stderr
    file = "migrations/versions/0002_size.py"
    served.edit(file, "nullable=False", 'nullable=False, server_default="unknown"')
    assert served.flask("db", "upgrade").ok


def test_postgresql_wants_to_be_told_how_to_cast(served, write):
    change = 'op.alter_column("room", "colour", type_=sa.Integer()'
    write(served, "0002", f"{change})")
    assert "cannot be cast automatically to type" in served.flask("db", "upgrade").stderr
    served.sql("UPDATE room SET colour = '7'")
    write(served, "0002", f'{change}, postgresql_using="colour::integer")')
    assert served.flask("db", "upgrade").ok


def test_postgresql_needs_the_type_of_an_enum_first(served, write):
    add = 'op.add_column("room", sa.Column("state", sa.Enum("good", "worn", name="state")))'
    write(served, "0002", add)
    assert 'type "state" does not exist' in served.flask("db", "upgrade").stderr
    first = 'sa.Enum("good", "worn", name="state").create(op.get_bind())\n'
    write(served, "0002", first + add)
    assert served.flask("db", "upgrade").ok


def test_postgresql_keeps_the_type_of_an_enum(served, write):
    table = 'op.create_table("lamp", sa.Column("state", sa.Enum("on", "off", name="state")))'
    write(served, "0002", table, downgrade='op.drop_table("lamp")')
    served.flask("db", "upgrade")
    served.flask("db", "downgrade")
    assert 'type "state" already exists' in served.flask("db", "upgrade").stderr
    served.sql("DROP TYPE state")
    assert served.flask("db", "upgrade").ok


def test_postgresql_builds_no_index_concurrently_in_a_transaction(served, write):
    index = 'op.create_index("ix_colour", "room", ["colour"], postgresql_concurrently=True)'
    write(served, "0002", index)
    said = served.flask("db", "upgrade").stderr
    assert "cannot run inside a transaction block" in said
    write(served, "0002", f"with op.get_context().autocommit_block():\n    {index}")
    assert served.flask("db", "upgrade").ok


def test_postgresql_gives_up_waiting_when_it_is_told_to(served, write):
    wait = "op.execute(\"SET lock_timeout = '200ms'\")\n"
    write(served, "0002", wait + 'op.add_column("room", sa.Column("size", sa.String(20)))')
    with served.reading("room"):
        said = served.flask("db", "upgrade").stderr
        assert "canceling statement due to lock timeout" in said
    assert served.flask("db", "upgrade").ok


def test_postgresql_counts_the_letters_of_a_revision_identifier(served, write):
    write(served, "a_revision_with_a_name_that_is_too_long")
    said = served.flask("db", "upgrade").stderr
    assert "value too long for type character varying(32)" in said


def test_postgresql_cannot_drop_what_has_no_name(served, write):
    convention = "metadata=MetaData(naming_convention=NAMING_CONVENTION)"
    served.edit("hearth/database.py", convention, "")
    add, drop = "op.create_unique_constraint(None,", "op.drop_constraint(None,"
    write(served, "0002", f'{add} "room", ["colour"])', downgrade=f'{drop} "room", type_="unique")')
    assert served.flask("db", "upgrade").ok
    assert "it has no name" in served.flask("db", "downgrade").stderr
    write(served, "0002", downgrade='op.drop_constraint("room_colour_key", "room")')
    assert served.flask("db", "downgrade").ok


def test_postgresql_does_nothing_more_after_an_error(served, write):
    attempt = """try:
    op.execute("SELECT colour_code FROM room")
except sa.exc.ProgrammingError:
    pass
op.add_column("room", sa.Column("colour_code", sa.Integer()))"""
    write(served, "0002", attempt)
    assert "current transaction is aborted" in served.flask("db", "upgrade").stderr
    savepoint = attempt.replace(
        "    op.exec", "    with op.get_bind().begin_nested():\n        op.exec"
    )
    write(served, "0002", savepoint)
    assert served.flask("db", "upgrade").ok


def test_postgresql_has_words_of_its_own(served, write):
    served.sql('CREATE TABLE "user" (name VARCHAR(30))')
    write(served, "0002", "op.execute(\"UPDATE user SET name = 'Greta'\")")
    assert 'syntax error at or near "user"' in served.flask("db", "upgrade").stderr
    write(served, "0002", 'op.execute("UPDATE \\"user\\" SET name = \'Greta\'")')
    assert served.flask("db", "upgrade").ok


def test_postgresql_reads_double_quotes_as_a_name(served, write):
    write(served, "0002", "op.execute('UPDATE room SET colour = \"unknown\"')")
    assert 'column "unknown" does not exist' in served.flask("db", "upgrade").stderr
    write(served, "0002", "op.execute(\"UPDATE room SET colour = 'unknown'\")")
    assert served.flask("db", "upgrade").ok
