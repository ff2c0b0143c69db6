"""The page about releases, which a feature flag switches on."""

from flask import Blueprint, render_template
from sqlalchemy import select

from hearth.database import db
from hearth.pages import Page
from hearth.release_log import Release

release_pages = Blueprint("release_pages", __name__)


@release_pages.get("/releases")
def releases() -> Page:
    """List what was released, the newest first."""
    rows = db.session.scalars(select(Release).order_by(Release.id.desc()))
    return render_template("releases.html", rows=rows)
