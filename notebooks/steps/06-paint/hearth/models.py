class Room(db.Model):
    """A room of the house."""

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    paint: Mapped[str | None] = mapped_column(String(30))
    size: Mapped[str] = mapped_column(String(20))
    floor: Mapped[int | None]

    furniture: Mapped[list["Furniture"]] = relationship(
        back_populates="room", order_by="Furniture.name, Furniture.id"
    )
    # An inspection means nothing without its room, so it goes when the room goes.
    inspections: Mapped[list["Inspection"]] = relationship(
        back_populates="room",
        order_by="Inspection.done_on, Inspection.id",
        cascade="all, delete-orphan",
    )
