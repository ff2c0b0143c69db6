"""The app that `flask run` and a web server load."""

from hearth import create_app

app = create_app()
