"""The pages about rooms."""

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy import func, select
from werkzeug import Response

from hearth.database import db
from hearth.deletion import delete_empty
from hearth.form_fields import ROOM
from hearth.forms import Form
from hearth.models import Furniture, Room

pages = Blueprint("pages", __name__)
Page = str | Response | tuple[str, int]


@pages.get("/")
def rooms() -> Page:
    """List the rooms, each with how many pieces it holds."""
    pieces = select(func.count(Furniture.id)).where(Furniture.room_id == Room.id).scalar_subquery()
    counted = db.session.execute(select(Room, pieces).order_by(Room.name, Room.id))
    return render_template("rooms.html", counted=counted)


@pages.get("/rooms/<row:room_id>")
def room(room_id: int) -> Page:
    """Show one room and what stands in it."""
    return render_template("room.html", room=db.get_or_404(Room, room_id))


@pages.route("/rooms/add", methods=["GET", "POST"])
def add_room() -> Page:
    """Add a room."""
    return room_form(Room(), "Add a room")


@pages.route("/rooms/<row:room_id>/edit", methods=["GET", "POST"])
def edit_room(room_id: int) -> Page:
    """Change a room."""
    return room_form(db.get_or_404(Room, room_id), "Change this room")


def room_form(row: Room, title: str) -> Page:
    form = Form(ROOM, row)
    if request.method == "POST" and form.save(request.form):
        return redirect(url_for("pages.room", room_id=row.id))
    return render_template("form.html", form=form, title=title), 422 if form.errors else 200


@pages.route("/rooms/<row:room_id>/delete", methods=["GET", "POST"])
def delete_room(room_id: int) -> Page:
    """Ask first, then delete a room, unless furniture stands in it."""
    row = db.get_or_404(Room, room_id)
    refused = request.method == "POST" and not delete_empty(row)
    if request.method == "GET" or refused:
        return render_template(
            "delete_room.html", room=row, refused=refused
        ), 409 if refused else 200
    return redirect(url_for("pages.rooms"))
