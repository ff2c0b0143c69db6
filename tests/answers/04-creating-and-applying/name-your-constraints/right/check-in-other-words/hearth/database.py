"""The database that the models and the pages share, and its migrations."""

from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy

# What to run when tables or columns are missing; the pages and the commands say it.
SETUP_COMMAND = "flask db upgrade"

db = SQLAlchemy()
migrate = Migrate()
