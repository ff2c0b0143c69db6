"""The app that `flask run` and a web server load."""

from hearth import create_app
from hearth.database import db, migrate

app = create_app()
migrate.init_app(app, db)
