"""Myth 13: put the old code back, then downgrade."""


def test_the_old_code_cannot_step_down_from_what_it_never_had(copy_of, tmp_path):
    new, old = copy_of("04"), copy_of("03")
    for code in (new, old):
        code.use(f"sqlite:///{tmp_path / 'hearth.db'}")
    new.flask("db", "upgrade")
    said = old.flask("db", "downgrade", "0001").stderr
    assert "Can't locate revision identified by '0005'" in said
    assert new.flask("db", "downgrade", "0001").ok
    assert old.page("/") == 200
