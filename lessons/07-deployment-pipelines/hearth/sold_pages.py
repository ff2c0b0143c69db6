"""The pages about furniture that has been sold."""

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy import select

from hearth.database import db
from hearth.form_fields import SALE
from hearth.forms import Form
from hearth.models import Furniture, Sold
from hearth.pages import Page

sold_pages = Blueprint("sold_pages", __name__)


@sold_pages.get("/sold")
def sold() -> Page:
    """List what has left the house, the newest first."""
    rows = db.session.scalars(select(Sold).order_by(Sold.sold_on.desc(), Sold.id.desc()))
    return render_template("sold.html", rows=rows)


@sold_pages.route("/furniture/<row:furniture_id>/sell", methods=["GET", "POST"])
def sell(furniture_id: int) -> Page:
    """Move a piece out of the house and into the archive."""
    piece = db.get_or_404(Furniture, furniture_id)
    form = Form(SALE, Sold(what=piece.label))
    # Two databases have no transaction in common. The archive goes first: after a fault
    # between the two commits a piece is in both, which can be seen; never in neither.
    if request.method == "POST" and form.save(request.form):
        db.session.delete(piece)
        db.session.commit()
        return redirect(url_for("sold_pages.sold"))
    title = f"Sell {piece.label}"
    return render_template("form.html", form=form, title=title), 422 if form.errors else 200
