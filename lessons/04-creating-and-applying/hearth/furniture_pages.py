"""The pages about furniture."""

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy import select

from hearth.database import db
from hearth.form_fields import FURNITURE
from hearth.forms import Form
from hearth.models import Furniture, Room
from hearth.pages import Page

furniture_pages = Blueprint("furniture_pages", __name__)


@furniture_pages.route("/rooms/<row:room_id>/furniture/add", methods=["GET", "POST"])
def add_furniture(room_id: int) -> Page:
    """Add a piece, with this room chosen beforehand."""
    room = db.get_or_404(Room, room_id)
    return furniture_form(Furniture(room_id=room.id), "Add a piece of furniture")


@furniture_pages.route("/furniture/<row:furniture_id>/edit", methods=["GET", "POST"])
def edit_furniture(furniture_id: int) -> Page:
    """Change a piece, or move it to another room."""
    return furniture_form(db.get_or_404(Furniture, furniture_id), "Change this piece")


def furniture_form(row: Furniture, title: str) -> Page:
    rooms = db.session.execute(select(Room.id, Room.name).order_by(Room.name, Room.id)).all()
    form = Form(FURNITURE, row, {"room_id": rooms})
    if request.method == "POST" and form.save(request.form):
        return redirect(url_for("pages.room", room_id=row.room_id))
    return render_template("form.html", form=form, title=title), 422 if form.errors else 200


@furniture_pages.route("/furniture/<row:furniture_id>/delete", methods=["GET", "POST"])
def delete_furniture(furniture_id: int) -> Page:
    """Ask first, then delete a piece."""
    row = db.get_or_404(Furniture, furniture_id)
    if request.method == "GET":
        return render_template("delete_furniture.html", furniture=row)
    room_id = row.room_id
    db.session.delete(row)
    db.session.commit()
    return redirect(url_for("pages.room", room_id=room_id))
