"""Messages about the history: downgrade, stamp, current, and files that do not fit together."""


def test_the_database_names_a_file_that_is_gone(house, write):
    write(house, "0002")
    house.flask("db", "upgrade")
    house.remove("migrations/versions/0002.py")
    assert "Can't locate revision identified by '0002'" in house.flask("db", "current").stderr
    assert "Can't locate revision" in house.flask("db", "stamp", "0001").stderr
    write(house, "0002")  # in real life: from version control
    assert house.flask("db", "current").ok


def test_minus_one_looks_like_an_option(branched):
    branched.flask("db", "upgrade", "0005")
    assert "No such option '-1'" in branched.flask("db", "downgrade", "-1").stderr
    assert branched.flask("db", "downgrade", "--", "-1").ok
    assert branched.sql("SELECT * FROM alembic_version") == [("0004",)]


def test_there_is_nothing_before_the_first(house):
    house.flask("db", "downgrade", "base")
    said = house.flask("db", "downgrade").stderr
    assert "Relative revision -1 didn't produce 1 migrations" in said


def test_one_step_down_from_a_merge_has_two_ways(branched):
    branched.flask("db", "upgrade")
    assert "Ambiguous walk" in branched.flask("db", "downgrade").stderr
    assert branched.flask("db", "downgrade", "0005").ok


def test_a_revision_stands_on_one_that_is_not_there(house, write):
    write(house, "0003", after="0002")
    said = house.flask("db", "upgrade").stderr
    assert "Revision 0002 referenced from 0002 -> 0003 (head), 0003 is not present" in said
    write(house, "0002")
    assert house.flask("db", "upgrade").ok


def test_two_files_have_one_name(house, write):
    write(house, "0002")
    house.copy("migrations/versions/0002.py", "migrations/versions/0002_copy.py")
    assert "Revision 0002 is present more than once" in house.flask("db", "upgrade").stderr


def test_a_history_bites_its_tail(house, write):
    write(house, "0002", after="0003")
    write(house, "0003", after="0002")
    assert "Cycle is detected in revisions" in house.flask("db", "upgrade").stderr


def test_a_stamp_needs_one_head(house, write):
    write(house, "floors")
    write(house, "values")
    said = house.flask("db", "stamp").stderr
    assert "Multiple heads are present; please specify a single target revision" in said


def test_down_is_not_where_you_want_to_go(branched):
    branched.flask("db", "upgrade", "0003")
    said = branched.flask("db", "downgrade", "0005").stderr
    assert "is not a valid downgrade target from current head(s)" in said
    assert branched.flask("db", "upgrade", "0005").ok


def test_the_version_table_names_two_of_one_line(branched):
    branched.flask("db", "upgrade", "0005")
    branched.sql("INSERT INTO alembic_version VALUES ('0004')")
    said = branched.flask("db", "upgrade").stderr
    assert "overlaps with other requested revisions" in said
    branched.sql("DELETE FROM alembic_version WHERE version_num = '0004'")
    assert branched.flask("db", "upgrade").ok
