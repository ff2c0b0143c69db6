"""What somebody sees who opens the app."""

from flask import Flask


def test_a_furnished_house_shows_its_kitchen(app: Flask) -> None:
    app.test_cli_runner().invoke(args=["furnish"])
    assert "Kitchen" in app.test_client().get("/").text
