class Room(db.Model):
    """A room of the house."""

    # A rule without a name is hard to find again when it has to change.
    __table_args__ = (UniqueConstraint("name", name="uq_room_name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    colour: Mapped[str | None]

    furniture: Mapped[list["Furniture"]] = relationship(
        back_populates="room", order_by="Furniture.name, Furniture.id"
    )
