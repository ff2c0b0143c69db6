"""Myth 6: a clean `flask db check` means that models and database agree."""


def test_check_is_content_and_the_default_is_missing(house):
    house.edit("hearth/models.py", "(String(30))", '(String(30), server_default="white")')
    assert "No new upgrade operations detected" in house.flask("db", "check").stdout
    house.sql("INSERT INTO room (name) VALUES ('Pantry')")
    assert house.sql("SELECT colour FROM room WHERE name = 'Pantry'") == [(None,)]
