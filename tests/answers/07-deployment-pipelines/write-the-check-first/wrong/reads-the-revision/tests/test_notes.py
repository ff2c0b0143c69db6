"""What has to be true of whatever splits the notes of inspections."""

from pathlib import Path


def test_the_revision_cuts_at_the_first_colon(house):
    (file,) = Path("migrations/versions").glob("0009*.py")
    text = file.read_text("utf-8")
    assert "partition(': ')" in text
    assert "1 <= len(name) <= 80" in text
