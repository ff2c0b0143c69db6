"""The pages about inspections."""

from flask import Blueprint, redirect, render_template, request, url_for

from hearth.database import db
from hearth.form_fields import INSPECTION
from hearth.forms import Form
from hearth.models import Inspection, Room
from hearth.pages import Page

inspection_pages = Blueprint("inspection_pages", __name__)


@inspection_pages.post("/rooms/<row:room_id>/inspections/add")
def add_inspection(room_id: int) -> Page:
    """Record an inspection from the form at the foot of the room's page."""
    room = db.get_or_404(Room, room_id)
    form = Form(INSPECTION, Inspection(room_id=room.id))
    if form.save(request.form):
        return redirect(url_for("pages.room", room_id=room.id))
    return render_template("room.html", room=room, inspection=form), 422
