"""What has to be true of whatever splits the notes of inspections."""


def test_the_revisions_run(house):
    house.upgrade()
    house.downgrade()
