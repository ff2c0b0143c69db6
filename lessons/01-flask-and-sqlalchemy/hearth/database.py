"""The database that the models and the pages share."""

from flask_sqlalchemy import SQLAlchemy

# What to run when tables are missing; the pages and the commands say it.
SETUP_COMMAND = "flask init-db"

db = SQLAlchemy()
