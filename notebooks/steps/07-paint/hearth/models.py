class Room(db.Model):
    """A room of the house."""

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    colour: Mapped[str | None] = mapped_column("paint", String(30))
    width: Mapped[int | None]
    length: Mapped[int | None]
    # What people say of a size that nobody has measured.
    size_note: Mapped[str | None] = mapped_column(String(20))
    floor: Mapped[int | None]

    furniture: Mapped[list["Furniture"]] = relationship(
        back_populates="room", order_by="Furniture.label, Furniture.id"
    )
    # An inspection means nothing without its room, so it goes when the room goes.
    inspections: Mapped[list["Inspection"]] = relationship(
        back_populates="room",
        order_by="Inspection.done_on, Inspection.id",
        cascade="all, delete-orphan",
    )
