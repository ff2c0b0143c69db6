"""The app that `flask run` and a web server load."""

from flask_migrate import Migrate

from hearth import create_app
from hearth.database import db

app = create_app()

if __name__ == "__main__":
    Migrate(app, db)
    app.run()
